"""The conversation of a survey: a press or a message → an action of core → the screen that follows."""

from bot.screens import survey
from bot.screens.model import Screen
from bot.surveys.kinds import Look
from bot.surveys.kinds.date import day_before
from bot.surveys.placing import show_below, show_here
from bot.surveys.presses import Op, Press
from bot.talk import Talk
from bot.texts import explain, plain
from core.errors import AppError
from core.people.model import Channel
from core.surveys import actions, queries
from core.surveys.model import QuestionType, Value
from core.surveys.rules import InvalidAnswer
from core.surveys.steps import Ask, Place, Stale, Step


async def begin(talk: Talk, query_id: str, message_id: int, ask: Ask) -> None:
    """The first question, or the one where the person left off, in place of the card."""
    step = await actions.begin(talk.store, talk.clock, talk.actor, ask)
    await talk.transport.answer_press(query_id)
    await show_here(talk, step, survey.step(step), message_id)


async def pressed(talk: Talk, query_id: str, message_id: int, press: Press) -> None:
    """Applies a press and shows what follows; one that is out of date or does not fit changes nothing."""
    try:
        step = await _apply(talk, press)
    except Stale:
        await late(talk, query_id, message_id, press)
    except InvalidAnswer as error:
        await _refused(talk, query_id, message_id, press, error)
    else:
        await talk.transport.answer_press(query_id)
        await show_here(talk, step, _after(press, step), message_id)


async def late(talk: Talk, query_id: str, message_id: int, press: Press) -> None:
    """A press of a screen that has passed: says so, and shows where the person is now."""
    step = await _current(talk, press.response_id)
    if step.message_id not in (None, message_id):
        await talk.transport.answer_press(query_id, plain("survey.further_down"))
        await talk.transport.strip(talk.chat, message_id)
        return
    await talk.transport.answer_press(query_id, plain("survey.stale"))
    async with talk.db.read() as session:
        on_screen = await queries.active_response(session, Channel.TELEGRAM, talk.chat)
    screen = survey.step(step) if on_screen == step.response_id else survey.paused(step)
    await show_here(talk, step, screen, message_id)


async def typed(talk: Talk, words: str) -> bool:
    """Takes a message as the answer to the question on the screen; False when no survey is on it.

    Where a long list is on it, the words are a part of a choice's name.
    """
    before = await active(talk)
    if before is None:
        return False
    if (found := survey.search(before, words)) is not None:
        await show_below(talk, before, found)
        return True
    near = None if before.question is None else before.question.number
    try:
        step = await actions.type_text(talk.store, talk.clock, talk.actor, Channel.TELEGRAM, talk.chat, words)
    except InvalidAnswer as error:
        await show_below(talk, before, survey.step(before, notice=explain(error)))
    else:
        await show_below(talk, step, survey.step(step, near=near))
    return True


async def active(talk: Talk) -> Step | None:
    """Where the person is in the survey of this chat, if they are in one that can still be answered."""
    async with talk.db.read() as session:
        response_id = await queries.active_response(session, Channel.TELEGRAM, talk.chat)
        if response_id is None:
            return None
        try:
            return await queries.current_step(session, talk.clock, talk.actor, response_id)
        except AppError:
            return None


async def _apply(talk: Talk, press: Press) -> Step:  # noqa: PLR0911 - one line for each op
    at, arg = press.place, press.arg or 0
    who = (talk.store, talk.clock, talk.actor, at)
    match press.op:
        case Op.ANSWER | Op.NUMBER | Op.DAY:
            return await actions.answer(*who, await _value(talk, press))
        case Op.ON | Op.OFF:
            return await actions.mark(*who, arg, on=press.op is Op.ON)
        case Op.ANEW:
            return await actions.unmark(*who)
        case Op.PROCEED:
            return await actions.proceed(*who)
        case Op.SKIP:
            return await actions.skip(*who)
        case Op.BACK:
            return await actions.back(*who)
        case Op.PAUSE:
            return await actions.pause(*who)
        case Op.OPEN:
            return await actions.open_question(*who, arg)
        case _:
            return await _look(talk, at)


async def _look(talk: Talk, at: Place) -> Step:
    """The step itself, when it is the one that was pressed. Raises Stale."""
    step = await _current(talk, at.response_id)
    if step.place != at:
        raise Stale(at.response_id)
    return step


async def _value(talk: Talk, press: Press) -> Value:
    """What a press answers: mostly the choice itself. Raises Stale, InvalidAnswer."""
    arg = press.arg or 0
    if press.op is Op.ANSWER:
        return arg
    question = (step := await _look(talk, press.place)).question
    if press.op is Op.DAY and question is not None and question.type is QuestionType.DATE:
        return day_before(step, arg)
    numbers = question.row.numbers if question is not None and question.row is not None else ()
    if press.op is not Op.NUMBER or not 1 <= arg <= len(numbers):
        raise InvalidAnswer("answer.unknown_choice")
    return numbers[arg - 1]


async def _current(talk: Talk, response_id: int) -> Step:
    async with talk.db.read() as session:
        return await queries.current_step(session, talk.clock, talk.actor, response_id)


def _after(press: Press, step: Step) -> Screen:
    match press.op:
        case Op.PAUSE:
            return survey.paused(step)
        case Op.PAGE:
            return survey.step(step, look=Look(page=press.arg))
        case Op.ON | Op.OFF:
            return survey.step(step, look=Look(at=press.arg))
        case _:
            return survey.step(step, near=press.question)


async def _refused(talk: Talk, query_id: str, message_id: int, press: Press, error: InvalidAnswer) -> None:
    """The question stays, with the reason in the message as well: a toast is gone before it is read."""
    why = explain(error)
    await talk.transport.answer_press(query_id, str(why.unescape()))
    step = await _current(talk, press.response_id)
    await show_here(talk, step, survey.step(step, notice=why), message_id)
