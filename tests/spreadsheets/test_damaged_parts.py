"""An archive that is whole, with parts that are not what they should be."""

import contextlib
import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import AppError
from core.spreadsheets import read_book
from tests.xlsform.books import workbook

WHOLE = workbook({"survey": [["type", "name", "label", "n"], ["text", "q", "Вопрос", 1.5], ["note", "w", "Ещё", True]]})
PARTS = {name: zipfile.ZipFile(BytesIO(WHOLE)).read(name) for name in zipfile.ZipFile(BytesIO(WHOLE)).namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def read(parts: dict[str, bytes]) -> None:
    with contextlib.suppress(AppError):
        read_book(packed(parts))


@pytest.mark.parametrize("name", PARTS)
def test_a_missing_part(name: str) -> None:
    read({other: content for other, content in PARTS.items() if other != name})


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_attributes_and_texts_that_are_nonsense(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(PARTS)))
    text = PARTS[name].decode()
    values = [match.span() for match in re.finditer(r'(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)', text)]
    start, end = data.draw(st.sampled_from(values))
    odd = st.sampled_from(["", "-1", "999999999999", "NaN", "XFE1", "A0", "s", "e", "d", "inlineStr", "1e999", "а"])
    read({**PARTS, name: (text[:start] + data.draw(odd) + text[end:]).encode()})
