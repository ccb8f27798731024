"""Rows that ask nothing: calculations, what a device notes by itself, and what a chat cannot have at all."""

from core.surveys.xlsform import kinds
from core.surveys.xlsform.fields import condition, default_of, filled, name_of
from core.surveys.xlsform.form import Form
from core.surveys.xlsform.kinds import Kind
from core.surveys.xlsform.places import Draft, Line


def refused(line: Line, kind: Kind, form: Form) -> list[Draft]:
    form.findings.refuse(line.place("type"), kind.detail)
    return []


def calculated(line: Line, kind: Kind, form: Form) -> list[Draft]:
    """Never shown. `hidden` is what its default says."""
    name, hidden = name_of(line), kind.word == kinds.HIDDEN
    value, origin = default_of(line, kind)
    if hidden and name in form.known:
        return []
    if not value and not hidden:
        form.findings.refuse(line.place("calculation"), "нужно выражение: без него нечего вычислять")
        return []
    if line["trigger"]:
        message = "чат вычисляет заново после каждого ответа, а не только после названного в trigger"
        form.findings.notice(line.place("trigger"), message)
    data = {"type": "calculate", "name": name, "calculation": value or "''", "relevant": condition(line["relevant"])}
    return [Draft(line, filled(data), {"calculation": origin})]


def metadata(line: Line, kind: Kind, form: Form) -> list[Draft]:
    """What a device notes by itself: times only where an expression needs them, nothing about device and person."""
    name = name_of(line) or line["type"]
    if kind.detail:
        message = "когда анкета начата и отправлена, программа знает сама"
    else:
        message = "сведений об устройстве, месте и человеке бот не собирает"
    if name not in form.referenced:
        form.findings.notice(line.place("type"), message)
        return []
    if not kind.detail:
        form.findings.notice(line.place("type"), f"{message}; в выражениях здесь будет пусто")
    return [Draft(line, {"type": "calculate", "name": name, "calculation": kind.detail or "''"})]


def nothing(line: Line, kind: Kind, form: Form) -> list[Draft]:
    form.findings.notice(line.place("type"), "настройки формы читаются с листа settings")
    return []


def stray(line: Line, kind: Kind, form: Form) -> list[Draft]:
    family = kind.word.partition("_")[0]
    form.findings.refuse(line.place("type"), f"{kind.word} стоит только между begin_{family} и end_{family}")
    return []
