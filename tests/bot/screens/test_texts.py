"""Every sentence that is used exists, every sentence that exists is used, and their blanks are filled."""

import ast
import gc
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from jinja2 import UndefinedError, meta
from markupsafe import Markup

from bot.texts import environment, explain, filters, plain, sources, text
from core.errors import AppError, NotFound
from core.surveys.steps import Stale
from playground.telegram.entities import parse_html

ROOT = Path(__file__).parents[3]
ZONE = "Asia/Irkutsk"
SAID_IN_CHATS = (
    "bot/handlers",
    "core/announcements",
    "core/audiences/checking.py",
    "core/errors.py",
    "core/events/registering.py",
    "core/invites/actions.py",
    "core/people/actions.py",
    "core/rights",
    "core/surveys",
    "core/timing/phrases.py",
    "core/timing/typed.py",
)
"""Where errors come from that a person in a chat can meet."""
NOT_IN_CHATS = frozenset(
    {
        "consent.changed",
        "invite.nobody",
        "invite.sheet_changed",
        "invite.term_unknown",
        "password.short",
        "rights.link_refused",
        "rights.other_surname",
        "sign_in.refused",
        "survey.version_changed",
    }
)
"""Errors of the command line and of the admin."""
ANSWER_KEY = re.compile(r"answer\.[a-z_]+")
"""Keys of refused answers also stand in tables, not only where the error is raised."""

SAMPLE = {
    "areas": [{"title": "Методика", "band": "средний"}],
    "closes_at": datetime(2026, 12, 15, 10, tzinfo=UTC),
    "zone": ZONE,
    "value": 62.5,
    "labels": ["Речь", "Игра"],
    "places": [3, 1],
}
COUNTED = (
    "hour",
    "most",
    "seconds",
    "before",
    "count",
    "k",
    "length",
    "limit",
    "low",
    "high",
    "step",
    "left",
    "marked",
    "minutes",
    "missing",
    "months",
    "more",
    "number",
    "position",
    "total",
    "weeks",
)


def strings(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def trees(*folders: str) -> list[ast.AST]:
    files = [path for folder in folders for path in (sorted((ROOT / folder).rglob("*.py")) or [ROOT / folder])]
    return [parsed(path) for path in files]


@cache
def parsed(path: Path) -> ast.AST:
    """Once, and undisturbed: Python 3.11 loses count of its depth when rubbish is collected within `ast.parse`."""
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    finally:
        gc.enable()


def families(tree: ast.AST) -> set[str]:
    """What f-strings begin with: `f"commands.{name}"` uses every key below `commands`."""
    found = (node.values[0] for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and node.values)
    return {one.value for one in found if isinstance(one, ast.Constant) and str(one.value).endswith(".")}


def calls(name: str, *folders: str) -> list[ast.Call]:
    return [
        node
        for tree in trees(*folders)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def first_words(call: ast.Call) -> list[str]:
    """The keys that a call can mean; both of a conditional."""
    if not call.args:
        return []
    options = [call.args[0].body, call.args[0].orelse] if isinstance(call.args[0], ast.IfExp) else [call.args[0]]
    return [node.value for node in options if isinstance(node, ast.Constant)]


def error_keys() -> set[str]:
    keys = {
        key
        for name in ("AppError", "InvalidAnswer", "NotFound", "Denied")
        for call in calls(name, *SAID_IN_CHATS)
        for key in first_words(call)
    }
    given_on = {word for tree in trees("core/surveys") for word in strings(tree) if ANSWER_KEY.fullmatch(word)}
    return (keys | given_on | {"denied", "not_found", Stale(1).key}) - NOT_IN_CHATS


def blanks(key: str) -> set[str]:
    return meta.find_undeclared_variables(environment().parse(sources()[key]))


def filled(key: str) -> dict[str, object]:
    return {name: SAMPLE.get(name, 3 if name in COUNTED else "слова") for name in blanks(key)}


def spoken() -> list[ast.Call]:
    return [*calls("text", "bot"), *calls("plain", "bot")]


def test_every_key_in_the_code_exists() -> None:
    used = {key for call in spoken() for key in first_words(call)} | error_keys()
    assert used - set(sources()) == set()


def test_every_command_is_described() -> None:
    """Their keys are put together in bot.app, whose import costs seconds."""
    (names,) = [
        ast.literal_eval(node.value)
        for node in ast.walk(ast.parse((ROOT / "bot/app.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COMMANDS"
    ]
    assert {f"commands.{name}" for name in names} == {key for key in sources() if key.startswith("commands.")}


def test_every_sentence_is_used() -> None:
    said = {word for tree in trees("bot") for word in strings(tree)} | error_keys()
    built = tuple({beginning for tree in trees("bot") for beginning in families(tree)})
    assert [key for key in sources() if key not in said and not key.startswith(built)] == []


def test_calls_fill_exactly_the_blanks() -> None:
    for call in spoken():
        given = {keyword.arg for keyword in call.keywords}
        for key in first_words(call):
            if None not in given:
                assert given == blanks(key) or (not isinstance(call.args[0], ast.Constant) and given >= blanks(key)), (
                    key
                )


@pytest.mark.parametrize("key", sorted(sources()))
def test_every_sentence_renders_as_html(key: str) -> None:
    said = parse_html(str(text(key, **filled(key))))[0]
    assert said
    assert "\n\n\n" not in said
    assert not said.endswith("\n")


def test_values_are_escaped_and_labels_are_not() -> None:
    assert text("survey.question", label="<b>&") == Markup("<b>&lt;b&gt;&amp;</b>")
    assert plain("survey.choice", number=1, label="<b>&") == "1. <b>&"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        text("survey.question")


def test_errors_are_explained_also_those_nobody_foresaw() -> None:
    assert "Нужно число от −5 до 1\u202f200" in explain(AppError("answer.out_of_range", low=-5, high=1200))
    assert explain(AppError("no.such.key")) == text("something_else")
    assert explain(NotFound()) == text("not_found")


@pytest.mark.parametrize(
    ("number", "word"),
    [(0, "анкет"), (1, "анкета"), (2, "анкеты"), (5, "анкет"), (11, "анкет"), (12, "анкет"), (21, "анкета"),
     (22, "анкеты"), (111, "анкет"), (121, "анкета"), (1.5, "анкеты")],
)  # fmt: skip
def test_words_go_with_numbers(number: float, word: str) -> None:
    assert filters.plural_form(number, "анкета", "анкеты", "анкет") == word


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 12, 15, 10, 0, tzinfo=UTC), "15 декабря, 18:00"),
        (datetime(2026, 12, 15, 16, 0, tzinfo=UTC), "конца 15 декабря"),
        (datetime(2026, 12, 15, 15, 59, tzinfo=UTC), "конца 15 декабря"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "1 января, 01:00"),
    ],
)
def test_moments_are_those_of_the_municipality(moment: datetime, said: str) -> None:
    assert filters.deadline(moment, ZONE) == said


@pytest.mark.parametrize(("value", "digits", "said"), [(0.5, 1, "0,5"), (1234.0, 0, "1\u202f234"), (-3.25, 2, "−3,25")])
def test_numbers_have_a_decimal_comma(value: float, digits: int, said: str) -> None:
    assert filters.number(value, digits) == said
