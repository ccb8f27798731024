"""The first word about a survey, and when it is not said any more."""

import pytest
from sqlalchemy import update

from bot.screens.deliveries import render
from bot.screens.errands import Drop
from core.campaigns.model import INVITATION, ParticipationState
from core.clock import SystemClock
from storage.models import Participation
from storage.outbox import Claimed
from tests.bot.conversation.house import House
from tests.bot.screens.checks import labels, shown, words


def invitation(house: House, code: str = "everything", kind: str = INVITATION) -> Claimed:
    return Claimed(1, kind, house.campaigns[code], house.accounts[0], {}, 1, "7", None)


async def test_it_says_what_to_expect(house: House) -> None:
    screen = shown(await render(house.db, SystemClock(), invitation(house, "burnout")))
    said = words(screen)
    assert "Как вы на работе" in said
    assert "Около 4 минут" in said
    assert "Анкета анонимная" in said
    assert labels(screen) == ["К анкете"]


async def test_its_button_opens_the_card_and_the_survey_in_one_message(house: House) -> None:
    reader = await house.teacher()
    message = await reader.user.expect("Для вас есть анкета.\n\nКак вы на работе")
    card = message.button("К анкете")
    assert card is not None
    await reader.user.press_raw(message, card.data or "")
    await reader.user.expect("Участие добровольное")
    await reader.user.press("Начать")
    opened = await reader.user.expect("ближе всего к вашим последним неделям")
    assert opened.message_id == message.message_id


async def test_a_closed_survey_invites_nobody(house: House) -> None:
    await house.close("everything")
    assert await render(house.db, SystemClock(), invitation(house)) == Drop()


async def test_whoever_has_answered_is_not_invited(house: House) -> None:
    async with house.db.write() as session:
        await session.execute(update(Participation).values(state=ParticipationState.SUBMITTED))
    assert await render(house.db, SystemClock(), invitation(house)) == Drop()


async def test_an_unknown_kind_is_a_mistake(house: House) -> None:
    with pytest.raises(KeyError):
        await render(house.db, SystemClock(), invitation(house, kind="poem"))
