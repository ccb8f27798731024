"""A broadcast at Telegram's limit, against the shortest time the limit allows: N / 30 seconds."""

import time

from benchmarks.result import Row
from benchmarks.town import Town, bot_at_work, open_town
from bot.service import BotService
from core.campaigns import actions
from core.clock import SystemClock
from playground.telegram.model import User
from playground.telegram.server import StandInServer

LIMIT = 30
"""Messages a second in all (Bot FAQ)."""


async def measure() -> list[Row]:
    async with open_town() as town, StandInServer() as stand_in:
        for member in town.cast.members:
            stand_in.state.add_user(User(member.user_id, member.name)).started = member.joined
        async with bot_at_work(town, stand_in) as bot:
            number, seconds = await _broadcast(town, bot)
        refused = sum(call.response.get("error_code") == 429 for call in stand_in.state.calls)
    best = number / LIMIT
    return [
        Row(f"рассылка {number} приглашений, отказов 429: {refused}; против N/30", f"{seconds:.1f} с", best / seconds)
    ]


async def _broadcast(town: Town, bot: BotService) -> tuple[int, float]:
    """How many invitations, and the seconds from the opening until the last outcome is written."""
    methodist, campaign = await town.campaign("deficits")
    begun = time.perf_counter()
    await actions.open_now(town.db, SystemClock(), methodist, campaign)
    bot.wake_sender()  # as the page does that opens a campaign
    number = await town.all_invited(campaign)
    return number, time.perf_counter() - begun
