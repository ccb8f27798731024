"""«Отправить»: the answers are handed in, and the person reads what they came to."""

from bot.screens import feedback
from bot.surveys.conversation import late
from bot.surveys.presses import Press
from bot.talk import Talk
from core.charts import svg
from core.charts.raster import Rasteriser
from core.sealing import Sealer
from core.surveys import actions
from core.surveys.steps import Finished, Stale


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
    await talk.transport.show(talk.chat, feedback.thanks(done), edit=message_id)
    if done.message_id not in (None, message_id):
        await talk.transport.strip(talk.chat, done.message_id)
    picture = await _picture(done, rasteriser)
    for screen in feedback.result(done, picture):
        await talk.transport.show(talk.chat, screen)


async def _picture(done: Finished, rasteriser: Rasteriser) -> bytes | None:
    chart = feedback.profile(done)
    return None if chart is None else await rasteriser.png(svg.profile(chart))
