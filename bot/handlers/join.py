"""Coming in by an invite link; and what people hear who have none."""

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart, Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.guessing import Guesses
from bot.handlers.routing import place, private
from bot.handlers.showing import show_entrance
from bot.screens import people
from bot.talk import Talk
from bot.texts import plain
from bot.transport import Transport
from core.clock import Clock
from core.errors import AppError
from core.invites import actions as invites
from core.people import queries
from core.people.model import Actor, Channel
from storage.session import Database, Store


class Stranger(Filter):
    """Somebody whose chat belongs to no account."""

    async def __call__(self, event: TelegramObject, actor: Actor | None) -> bool:
        return actor is None


def setup() -> Router:
    router = private("join")
    router.message.register(join, CommandStart(deep_link=True))
    router.message.register(turn_away, Stranger())
    router.callback_query.register(turn_away_press, Stranger())
    return router


async def join(
    message: Message,
    command: CommandObject,
    store: Store,
    db: Database,
    clock: Clock,
    transport: Transport,
    guesses: Guesses,
) -> None:
    """Raises AppError with `invite.paused` without looking at the code when too many from this chat were wrong."""
    chat = str(message.chat.id)
    if guesses.paused(chat):
        raise AppError("invite.paused")
    account_id = await _joined(store, clock, chat, command.args or "", guesses)
    async with db.read() as session:
        actor = await queries.actor_of_account(session, account_id)
    await show_entrance(Talk(actor, chat, store, db, clock, transport))


async def _joined(store: Store, clock: Clock, chat: str, code: str, guesses: Guesses) -> int:
    try:
        return await invites.join(store, clock, Channel.TELEGRAM, chat, code)
    except AppError:
        guesses.note_wrong(chat)
        raise


async def turn_away(message: Message, transport: Transport) -> None:
    await transport.show(message.chat.id, people.invite_needed())


async def turn_away_press(query: CallbackQuery, transport: Transport) -> None:
    await transport.answer_press(query.id, plain("join.needed_short"))
    chat, message_id = place(query)
    await transport.strip(chat, message_id)
