"""What the cells of a question mean, whichever kind it is."""

from collections.abc import Mapping

from core.surveys.xlsform.defaults import expression_of
from core.surveys.xlsform.kinds import Kind
from core.surveys.xlsform.places import Line
from core.surveys.xlsform.wording import plain


def condition(text: str) -> str:
    """yes and no, in all their spellings, as expressions."""
    from pyxform import aliases  # noqa: PLC0415 - pyxform is read in when it is needed

    spelled = {word.lower(): value for word, value in aliases.BINDING_CONVERSIONS.items()}
    word = text.lower().replace(" ", "")
    return word if word in {"true()", "false()"} else str(spelled.get(word, text))


def name_of(line: Line) -> str:
    """Kobo leaves the name to itself in a column of its own; a note needs none."""
    return line["name"] or line["autoname"] or (f"note_{line.number}" if line["type"].lower() == "note" else "")


def is_yes(text: str) -> bool:
    return text.replace(" ", "") == "true()"


def is_expression(text: str) -> bool:
    return condition(text).replace(" ", "") not in {"", "true()", "false()"}


def hint_of(line: Line) -> str:
    hints = (plain(line["hint"]), plain(line["guidance_hint"]))
    return "\n".join(dict.fromkeys(filter(None, hints)))


def required_of(line: Line) -> str | bool:
    value = condition(line["required"])
    if is_yes(value):
        return True
    return "" if value.replace(" ", "") == "false()" else value


def default_of(line: Line, kind: Kind) -> tuple[str, str]:
    """What is likely, and the field it comes from. A calculation shows what it came to, and can be put right."""
    if line["calculation"]:
        return condition(line["calculation"]), "calculation"
    return (expression_of(line["default"], kind.word) if line["default"] else ""), "default"


def filled(data: Mapping[str, object]) -> dict[str, object]:
    """The row without what is empty anyway."""
    return {field: value for field, value in data.items() if value not in ("", False)}
