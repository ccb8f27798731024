"""Definitions of any shape, for tests of the round trip."""

from typing import Any

from hypothesis import strategies as st

from core.surveys.building import build
from core.surveys.checking import check
from core.surveys.model import SurveyDefinition
from core.surveys.reading import Problem, Row

_SIGNS = st.sampled_from([*"абвг АБ .,-!?", *"*_#<>&[]()\\'\"`={}", "\n", "\u00a0", "**", "&amp;", "<b>", "${q1}", "№"])
WORDS = st.lists(_SIGNS, min_size=1, max_size=12).map(lambda signs: "".join(signs).strip() or "Слово")
_LISTS = {
    "yn": [{"name": "yes", "label": "Да"}, {"name": "no", "label": "Нет"}],
    "towns": [{"name": "a", "label": "А*", "region": "n"}, {"name": "b", "label": "_Б_", "region": "s"}],
}
_KINDS = (
    "text", "integer", "decimal", "date", "time", "dateTime", "note", "calculate", "range",
    "select_one yn", "select_one towns", "select_multiple yn", "rank towns",
)  # fmt: skip
_DEFAULTS = st.sampled_from(
    ["5", "'текст'", "'007'", "'1.50'", "${q1}", "today()", "concat('a', \"'\")", "'d-e'", '"x"']
)


@st.composite
def questions(draw: st.DrawFn, number: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(_KINDS))
    row: dict[str, Any] = {"type": kind, "name": f"q{number}"}
    if kind == "calculate":
        return {**row, "calculation": draw(st.sampled_from(["1 + 1", "concat('<', '&', \"'\")", "once(now())"]))}
    row["label"] = draw(WORDS)
    optional = {"hint": WORDS, "relevant": st.sampled_from(["${q1} != 'x'", "true()", "${option_more} = 'yes'"])}
    if kind != "note":
        optional |= {"required": st.sampled_from([True, "${q1} = ''"]), "default": _DEFAULTS}
        optional |= {"constraint": st.just(". != 'z'")}
    for field, values in optional.items():
        if draw(st.booleans()) and not (number == 1 and field != "hint"):
            row[field] = draw(values)
    if "constraint" in row and draw(st.booleans()):
        row["constraint_message"] = draw(WORDS)
    if kind == "select_one towns" and draw(st.booleans()):
        row["choice_filter"] = "region = ${q1}"
    if kind == "range":
        row["parameters"] = draw(st.sampled_from(["start=0 end=10 step=1", "start=-1 end=1 step=0.25"]))
    appearance = {"text": "multiline", "select_one yn": "likert"}.get(kind)
    if appearance and draw(st.booleans()):
        row["appearance"] = appearance
    return row


@st.composite
def definitions(draw: st.DrawFn) -> SurveyDefinition:
    rows: list[dict[str, Any]] = [{"type": "text", "name": "q1", "label": "Первый"}]
    opened = 0
    for number in range(2, draw(st.integers(3, 9))):
        if draw(st.integers(0, 3)) == 0:
            rows.append({"type": "begin_group", "name": f"g{number}", "label": draw(WORDS)})
            opened += 1
        rows.append(draw(questions(number)))
        if opened and draw(st.booleans()):
            rows.append({"type": "end_group"})
            opened -= 1
    rows += [{"type": "end_group"}] * opened
    used = {row["type"].split()[-1] for row in rows}
    data = {
        "code": "made_up",
        "version": draw(st.sampled_from(["1", "2026-1", "v.3"])),
        "title": draw(WORDS).replace("${q1}", "").strip() or "Анкета",
        "purpose": draw(WORDS),
        "privacy": draw(st.sampled_from(["named", "confidential", "anonymous"])),
        "respondent": draw(st.sampled_from(["teacher", "organisation", "participant", "pair"])),
        "minutes": draw(st.integers(1, 120)),
        "k": draw(st.integers(3, 20)),
        "source": draw(WORDS),
        "options": [{"name": "more", "label": draw(WORDS), "default": draw(st.booleans())}],
        "choices": {name: items for name, items in _LISTS.items() if name in used},
        "questions": rows,
        "feedback": [{"text": draw(WORDS).replace("{", "").replace("}", "").strip() or "Спасибо"}],
    }
    problems: list[Problem] = []
    made = build(Row(data, "made up", problems))
    assert made is not None, problems
    assert problems == []
    assert check(made, "made up") == []
    return made
