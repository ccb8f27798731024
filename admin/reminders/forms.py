"""What a methodist types about a rule: kept as typed, checked field by field."""

import re
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from admin.audiences import fields
from admin.shell.typed import time_of
from core.audiences.model import Audience
from core.reminders.actions import RuleChange
from core.reminders.model import RuleView

_NUMBERS = re.compile(r"(?:\d{1,4}(?:[\s,;]+\d{1,4})*)?", re.ASCII)
_NUMBER = re.compile(r"\d{0,4}", re.ASCII)
LONGEST = 5000
"""Characters that are kept of the words until core says that they are too many."""


@dataclass(slots=True)
class RuleForm:
    """`errors` by name of field."""

    before_days: str = ""
    before_hours: str = ""
    at: str = ""
    repeat_days: str = ""
    words: str = ""
    enabled: bool = True
    audience: Audience = field(default_factory=Audience)
    revision: int = 0
    errors: dict[str, str] = field(default_factory=dict)

    def change(self) -> RuleChange:
        """Only after `check` found no errors."""
        at = time_of(self.at)
        assert at is not None
        repeat = int(self.repeat_days) if self.repeat_days else None
        days, hours = _numbers(self.before_days), _numbers(self.before_hours)
        return RuleChange(self.enabled, days, hours, at, repeat, self.words, self.audience)


def filled(rule: RuleView) -> RuleForm:
    return RuleForm(
        before_days=", ".join(map(str, rule.before_days)),
        before_hours=", ".join(map(str, rule.before_hours)),
        at=rule.at.isoformat("minutes"),
        repeat_days="" if rule.repeat_days is None else str(rule.repeat_days),
        words=rule.words,
        enabled=rule.enabled,
        audience=rule.audience,
        revision=rule.revision,
    )


def typed(form: FormData) -> RuleForm:
    revision = _text(form, "revision")
    return RuleForm(
        before_days=_text(form, "before_days"),
        before_hours=_text(form, "before_hours"),
        at=_text(form, "at"),
        repeat_days=_text(form, "repeat_days"),
        words=_text(form, "words").replace("\r\n", "\n")[:LONGEST],
        enabled=_text(form, "enabled") == "yes",
        audience=fields.typed(form),
        revision=int(revision) if _NUMBER.fullmatch(revision) and revision else 0,
    )


def check(form: RuleForm) -> None:
    """Fills `form.errors` with what cannot be read; what makes no sense is for core to say."""
    for name in ("before_days", "before_hours"):
        if not _NUMBERS.fullmatch(getattr(form, name)):
            form.errors[name] = "Перечислите числа через запятую, например: 7, 1."
    if not _NUMBER.fullmatch(form.repeat_days):
        form.errors["repeat_days"] = "Укажите число или оставьте поле пустым."
    if time_of(form.at) is None:
        form.errors["at"] = "Укажите время, например 10:00."


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(r"\d+", text, re.ASCII))


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
