"""What any screen must hold, and screens to hold it to."""

from datetime import UTC, datetime

from bot.screens.errands import Errand, Show
from bot.screens.layout import CAPTION, LABEL, MESSAGE
from bot.screens.model import Button, Screen
from bot.surveys import presses
from core.surveys import rules
from core.surveys.model import NOW, Answers, Facts, Question, QuestionType, SurveyDefinition, Value
from core.surveys.steps import Ask, Step
from playground.telegram.entities import parse_html, utf16_length

CLOSES = datetime(2026, 12, 15, 10, 0, tzinfo=UTC)
ZONE = "Asia/Irkutsk"
TODAY = "2026-11-25T14:30:00+08:00"
WRITTEN: dict[QuestionType, Value] = {
    QuestionType.DECIMAL: 2.5,
    QuestionType.DATE: "2026-03-12",
    QuestionType.TIME: "14:30",
    QuestionType.DATETIME: "2026-03-12T14:30",
}


def words(screen: Screen) -> str:
    """The text without tags. Raises MarkupError for HTML that Telegram would refuse."""
    return parse_html(str(screen.text))[0]


def buttons(screen: Screen) -> list[Button]:
    return [button for row in screen.rows for button in row]


def labels(screen: Screen) -> list[str]:
    return [button.label for button in buttons(screen)]


def check(screen: Screen) -> Screen:
    """Refuses a screen that Telegram would refuse, or that does not fit a phone."""
    said = words(screen)
    assert 0 < utf16_length(said) <= (CAPTION if screen.picture else MESSAGE), said
    assert all(screen.rows), "an empty row"
    assert not (screen.rows and screen.menu), "one message cannot carry both keyboards"
    for button in buttons(screen):
        assert 0 < utf16_length(button.label.strip()) <= LABEL, button.label
        assert (button.action is None) != (button.url is None), button
        if button.action is not None:
            assert len(button.action.encode()) <= 64, button.action
        if button.action and button.action.startswith(presses.PREFIX):
            press = presses.parse(button.action)
            assert press is not None
            assert str(press) == button.action
    actions = [button.action or button.url for button in buttons(screen)]
    assert len(set(actions)) == len(actions), "two buttons that do the same"
    return screen


def shown(errand: Errand) -> Screen:
    """What a delivery shows; refuses one that shows nothing now."""
    assert isinstance(errand, Show)
    return check(errand.screen)


def step_at(
    definition: SurveyDefinition,
    question: Question | None,
    answers: Answers,
    facts: Facts,
    *,
    from_summary: bool = False,
    ids: int = 17,
    subject: int = 0,
    about: str = "",
) -> Step:
    known = (definition, answers, {NOW: TODAY, **facts})
    number = None if question is None else question.number
    return Step(
        response_id=ids,
        visit=ids,
        ask=Ask(ids, subject),
        campaign_title=definition.title,
        closes_at=CLOSES,
        timezone=ZONE,
        definition=definition,
        question=question,
        answers=answers,
        facts={NOW: TODAY, **facts},
        progress=rules.progress(*known, number),
        is_first=rules.step_before(*known, number) is None,
        from_summary=from_summary,
        missing=tuple(sorted({*rules.missing(*known), *rules.broken(*known)})),
        message_id=9,
        about=about,
    )


def some_value(question: Question, salt: int = 0) -> Value:
    """An answer that fits the kind, though perhaps not the constraint."""
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.LIKERT:
            return 1 + (question.number + salt) % len(question.choices)
        case QuestionType.SELECT_MULTIPLE:
            return tuple(range(1, 1 + min(3, len(question.choices))))
        case QuestionType.RANK:
            return tuple(range(len(question.choices), 0, -1))
        case QuestionType.RANGE:
            assert question.row is not None
            return question.row.numbers[salt % len(question.row.numbers)]
        case QuestionType.INTEGER:
            return 2 + salt
        case _:
            return WRITTEN.get(question.type, "Слова & <b>знаки</b>")


def walk(definition: SurveyDefinition, facts: Facts, salt: int = 0) -> tuple[list[Step], Answers]:
    """Every step with everything answered on the way, and the answers at the end."""
    answers: dict[int, Value] = {}
    seen: list[Step] = []
    number = rules.step_after(definition, answers, facts, None)
    while number is not None:
        question = definition.question(number)
        seen.append(step_at(definition, question, dict(answers), facts))
        if question.is_asked:
            answers[number] = some_value(question, salt)
            seen.append(step_at(definition, question, dict(answers), facts, from_summary=True))
        number = rules.step_after(definition, answers, facts, number)
    seen.append(step_at(definition, None, dict(answers), facts))
    return seen, answers
