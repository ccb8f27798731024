"""«Отправить»: the answers are handed in, and the person reads what they came to."""

import asyncio
from concurrent.futures.process import BrokenProcessPool

import structlog

from bot.backoff import delay
from bot.outcomes import Undelivered
from bot.screens import feedback
from bot.screens.model import Screen
from bot.surveys.conversation import late
from bot.surveys.presses import Press
from bot.talk import Talk
from core.charts import svg
from core.charts.raster import Rasteriser
from core.sealing import Sealer
from core.surveys import actions
from core.surveys.steps import Finished, Stale

log = structlog.get_logger()

ATTEMPTS = 4


async def submit(
    talk: Talk, query_id: str, message_id: int, press: Press, sealer: Sealer, rasteriser: Rasteriser
) -> None:
    """Thanks take the place of the summary at once; the picture and the words follow below."""
    try:
        done = await actions.submit(talk.store, talk.clock, talk.actor, press.place, sealer)
    except Stale:
        await late(talk, query_id, message_id, press)
        return
    await talk.transport.answer_press(query_id)
    await _show(talk, feedback.thanks(done), edit=message_id)
    if done.message_id is not None and done.message_id != message_id:
        await talk.transport.strip(talk.chat, done.message_id)
    await show_result(talk, done, rasteriser)


async def show_result(talk: Talk, done: Finished, rasteriser: Rasteriser) -> None:
    """The picture and the words, below everything else."""
    picture = await _picture(done, rasteriser)
    for screen in feedback.result(done, picture):
        await _show(talk, screen)


async def _show(talk: Talk, screen: Screen, edit: int | None = None) -> None:
    """Waits out a short trouble here: what an anonymous survey came to is nowhere else and cannot be shown later."""
    for failures in range(1, ATTEMPTS):
        try:
            await talk.transport.show(talk.chat, screen, edit=edit)
        except Undelivered as error:
            if not error.trouble.passes:
                raise
            await asyncio.sleep(error.trouble.wait or delay(failures, first=0.5))
        else:
            return
    await talk.transport.show(talk.chat, screen, edit=edit)


async def _picture(done: Finished, rasteriser: Rasteriser) -> bytes | None:
    """None also when it cannot be drawn: the words are worth more than the picture."""
    chart = feedback.profile(done)
    if chart is None:
        return None
    try:
        return await rasteriser.png(svg.profile(chart))
    except BrokenProcessPool:
        log.error("picture not drawn", survey=done.definition.code)
        return None
