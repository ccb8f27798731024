"""Every form of the corpus runs to its end, or is refused with located messages."""

import re

import pytest

from core.surveys.reading import DefinitionError
from core.surveys.xlsform import read_workbook
from tests.xlsform.books import walk
from tests.xlsform.corpus import REFUSED, RUNNING

LOCATED = re.compile(r"лист .+, строка \d+(, столбец .+)?")
RUSSIAN = re.compile("[а-яё]{3}")


@pytest.mark.parametrize("name", RUNNING)
def test_a_form_runs_to_its_end(name: str) -> None:
    form = RUNNING[name]
    imported = read_workbook(form.made(form.sheets), f"{name}.xlsx")
    kept = walk(imported.definition)
    answered = {imported.definition.question(number).name for number in kept}
    assert set(form.kept) <= answered
    assert all(LOCATED.fullmatch(notice.where) for notice in imported.notices), imported.notices


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_is_refused_with_located_messages(name: str) -> None:
    form = REFUSED[name]
    with pytest.raises(DefinitionError) as caught:
        read_workbook(form.made(form.sheets), f"{name}.xlsx")
    problems = [(problem.where, problem.message) for problem in caught.value.problems]
    for where, message in problems:
        assert LOCATED.fullmatch(where), where
        assert RUSSIAN.search(message), message
    for where, message in form.refused:
        assert any(where in place and message in text for place, text in problems), problems


def test_the_corpus_is_large() -> None:
    assert len(RUNNING) + len(REFUSED) >= 50
