"""What can be done with an announcement next, as pages ask for it: one question, one button."""

from dataclasses import dataclass

from core.announcements import rules
from core.announcements.model import AnnouncementDetail
from core.announcements.rules import Step as Deed


@dataclass(frozen=True, slots=True)
class Step:
    """`code` is the end of its address; `deed` what core must allow; None: always."""

    code: str
    button: str
    title: str
    confirm: str
    deed: Deed | None


STEPS = (
    Step("send", "Отправить сейчас", "Отправить объявление?", "Отправить", Deed.PUBLISH),
    Step("schedule", "Назначить время", "Когда отправить?", "Назначить", Deed.SCHEDULE),
    Step("series", "Начать повторять", "Начать повторять объявление?", "Начать", Deed.START_SERIES),
    Step("go_on", "Продолжить", "Продолжить рассылку?", "Продолжить", Deed.GO_ON),
    Step("pause", "Приостановить", "Приостановить рассылку?", "Приостановить", Deed.PAUSE),
    Step("stop", "Остановить", "Остановить?", "Остановить", Deed.STOP),
    Step("unschedule", "Вернуть в черновики", "Вернуть в черновики?", "Вернуть в черновики", Deed.UNSCHEDULE),
    Step("recall", "Отозвать", "Отозвать объявление из чатов?", "Отозвать", Deed.RECALL),
    Step("copy", "Сделать копию", "Сделать копию?", "Сделать копию", None),
    Step("delete", "Удалить", "Удалить объявление?", "Удалить", Deed.DISCARD),
)
CHECKED = frozenset({"send", "schedule", "series"})
"""After these it goes out: numbers are shown before, and what was confirmed is what is sent."""


def offered(detail: AnnouncementDetail) -> list[Step]:
    """One that is to repeat is not sent by itself, and one that is not to cannot start repeating."""
    allowed = rules.steps(detail.row.state)
    unfit = {"send", "schedule"} if detail.content.repeat else {"series"}
    # Nobody has anything of a series itself, also when it has ended.
    unfit |= {"recall"} if detail.row.published_at is None else set()
    return [one for one in STEPS if (one.deed is None or one.deed in allowed) and one.code not in unfit]


def by_code(code: str) -> Step:
    """KeyError when there is no such step."""
    return {step.code: step for step in STEPS}[code]
