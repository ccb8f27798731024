"""The list of surveys, the card before the first question, and what is said after the last."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.screens import feedback, surveys
from bot.screens.model import Screen
from core.campaigns.model import ParticipationState as State
from core.surveys import scoring
from core.surveys.model import FeedbackText, Respondent, SurveyPrivacy
from core.surveys.steps import Ask, Finished, SurveyCard
from tests.bot.screens.checks import check, labels, walk, words
from tests.bot.screens.test_survey_screens import FACTS
from tests.surveys.samples import catalogue

CONTACT = "психолог центра, кабинет 5 <утром>"


def card(number: int = 1, state: State = State.INVITED, privacy: SurveyPrivacy = SurveyPrivacy.NAMED) -> SurveyCard:
    return SurveyCard(
        ask=Ask(number),
        response_id=None if state is State.INVITED else number,
        title="Анкета <b>осени</b>",
        about="",
        respondent=Respondent.TEACHER,
        purpose="Чтобы помочь",
        minutes=11,
        privacy=privacy,
        k=10,
        closes_at=datetime(2026, 12, 15, 10, tzinfo=UTC),
        timezone="Asia/Irkutsk",
        state=state,
        position=5,
        total=17,
    )


def everything(finished: Finished, picture: bytes | None = None) -> tuple[Screen, ...]:
    return (feedback.thanks(finished), *feedback.result(finished, picture))


def done(file: str, salt: int = 0) -> Finished:
    definition = catalogue(file)
    _, answers = walk(definition, FACTS, salt)
    return Finished(definition, scoring.score(definition, answers, FACTS), {}, CONTACT, definition.k, 9)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("privacy", list(SurveyPrivacy))
def test_cards_fit(state: State, privacy: SurveyPrivacy) -> None:
    one = card(state=state, privacy=privacy)
    for screen in (surveys.card(one), surveys.invitation(one), surveys.listing([one])):
        assert "Анкета <b>осени</b>" in words(check(screen))


def test_the_card_says_before_the_first_question_what_becomes_of_the_answers() -> None:
    anonymous = words(surveys.card(card(privacy=SurveyPrivacy.ANONYMOUS)))
    assert "связь уничтожается" in anonymous
    assert "Около 11 минут" in anonymous
    assert "До 15 декабря, 18:00" in anonymous
    assert "не меньше чем по 10 людям" in words(surveys.card(card(privacy=SurveyPrivacy.CONFIDENTIAL)))
    assert "вместе с вашим именем" in words(surveys.card(card()))


def test_a_card_begins_or_goes_on() -> None:
    assert labels(surveys.card(card())) == ["Начать", "← Все анкеты"]
    assert labels(surveys.card(card(state=State.BEGUN))) == ["Продолжить", "← Все анкеты"]
    assert labels(surveys.card(card(state=State.SUBMITTED))) == ["← Все анкеты"]
    assert "вопросе 5 из 17" in words(surveys.card(card(state=State.BEGUN)))


def test_the_list_puts_what_is_waiting_first_and_stays_short() -> None:
    cards = [card(1, State.SUBMITTED), *(card(n) for n in range(2, 12))]
    screen = check(surveys.listing(cards))
    assert [button.action for row in screen.rows for button in row] == [f"surveys:card:{n}" for n in range(2, 10)]
    assert "ещё 3 анкеты" in words(screen)
    long = [replace(card(n), title="Очень длинное название " * 20) for n in range(1, 12)]
    check(surveys.listing(long))
    check(surveys.listing([]))


@pytest.mark.parametrize("file", ["deficits.yaml", "burnout.yaml"])
@pytest.mark.parametrize("salt", range(5))
def test_feedback_fits(file: str, salt: int) -> None:
    screens = everything(done(file, salt), b"png")
    for screen in screens:
        check(screen)
    assert [bool(screen.picture) for screen in screens] == [False, True, False]
    assert labels(screens[-1]) == ["К списку анкет"]


def test_feedback_comes_without_a_picture_when_there_is_none() -> None:
    assert [screen.picture for screen in everything(done("deficits.yaml"), None)] == [None, None]


def test_deficits_are_told_by_area_with_proposals() -> None:
    said = words(everything(done("deficits.yaml", 1), None)[-1])
    high = [one for one in done("deficits.yaml", 1).scores if one.band and one.band.code in {"medium", "high"}]
    assert high
    for one in high:
        assert f"• {one.title}" in said


def test_burnout_is_calm_and_compares_with_nobody() -> None:
    finished = replace(done("burnout.yaml"), averages={"work_scale": 40.0})
    chart = feedback.profile(finished)
    assert chart is not None
    assert {row.average for row in chart.rows} == {None}
    assert {row.level for row in chart.rows} == {""}
    screens = everything(finished, b"png")
    said = " ".join(words(screen) for screen in screens)
    assert "не оценка вашей работы и не диагноз" in said
    assert CONTACT in said
    assert "маршрут" not in said


def test_other_profiles_show_the_average_where_there_is_one() -> None:
    name = done("deficits.yaml").scores[0].name
    chart = feedback.profile(replace(done("deficits.yaml"), averages={name: 40.0}))
    assert chart is not None
    assert [row.average for row in chart.rows][:2] == [40.0, None]
    assert chart.rows[0].level


def test_nothing_is_drawn_when_nothing_was_answered() -> None:
    definition = catalogue("burnout.yaml")
    empty = Finished(definition, scoring.score(definition, {}, FACTS), {}, CONTACT, definition.k, None)
    assert feedback.profile(empty) is None
    said = words(check(feedback.result(empty, None)[-1]))
    assert "ответов мало" in said


@pytest.mark.parametrize(
    ("privacy", "kept"),
    [
        (SurveyPrivacy.NAMED, "Их видят методисты"),
        (SurveyPrivacy.CONFIDENTIAL, "не меньше чем по 5 людям"),
        (SurveyPrivacy.ANONYMOUS, "восстановить её нельзя"),
    ],
)
def test_the_receipt_says_what_is_stored(privacy: SurveyPrivacy, kept: str) -> None:
    finished = done("deficits.yaml")
    screen = everything(replace(finished, definition=replace(finished.definition, privacy=privacy)), None)[0]
    assert kept in words(screen)
    assert "остались в этом чате" in words(screen)
    assert "остались в этом чате" not in words(everything(done("burnout.yaml"), None)[0])


def test_very_long_feedback_is_folded_into_several_messages() -> None:
    finished = done("deficits.yaml")
    long = tuple(FeedbackText(None, None, "Слова & " * 400) for _ in range(9))
    screens = everything(replace(finished, definition=replace(finished.definition, feedback=long)), None)
    assert len(screens) > 3
    for screen in screens:
        check(screen)
    assert [bool(screen.rows) for screen in screens] == [False] * (len(screens) - 1) + [True]
