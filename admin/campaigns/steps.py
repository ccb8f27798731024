"""What can be done with a campaign next, as pages ask for it: one question, one button."""

from dataclasses import dataclass

from core.campaigns.model import CampaignState


@dataclass(frozen=True, slots=True)
class Step:
    """`code` is the end of its address; `states` those in which it is offered."""

    code: str
    button: str
    title: str
    confirm: str
    states: frozenset[CampaignState]


STEPS = (
    Step(
        "open",
        "Открыть сейчас",
        "Открыть анкетирование?",
        "Открыть и разослать приглашения",
        frozenset({CampaignState.DRAFT, CampaignState.SCHEDULED}),
    ),
    Step(
        "schedule",
        "Запланировать",
        "Запланировать начало?",
        "Запланировать",
        frozenset({CampaignState.DRAFT}),
    ),
    Step(
        "unschedule",
        "Не открывать само",
        "Отменить запланированное начало?",
        "Вернуть в черновики",
        frozenset({CampaignState.SCHEDULED}),
    ),
    Step("extend", "Продлить", "Продлить анкетирование", "Продлить", frozenset({CampaignState.OPEN})),
    Step("close", "Завершить", "Завершить анкетирование?", "Завершить", frozenset({CampaignState.OPEN})),
    Step(
        "delete",
        "Удалить",
        "Удалить анкетирование?",
        "Удалить",
        frozenset({CampaignState.DRAFT, CampaignState.SCHEDULED}),
    ),
)


def offered(state: CampaignState) -> list[Step]:
    return [step for step in STEPS if state in step.states]


def by_code(code: str) -> Step:
    """KeyError when there is no such step."""
    return {step.code: step for step in STEPS}[code]
