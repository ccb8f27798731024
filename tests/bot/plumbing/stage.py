"""A transport in front of the stand-in, and somebody who looks at what arrives."""

import struct
import zlib

from aiogram import Bot

from bot.limits import Limits, Rates
from bot.screens.model import Picture, Screen
from bot.transport import Transport
from playground.telegram.client import ChatUser
from playground.telegram.server import StandInServer


def png(shade: int = 0) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes([shade]) * 16 for _ in range(16))
    head = struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def picture(shade: int = 0, content: bytes | None = None) -> Picture:
    return Picture(content or png(shade), "profile.png", "Профиль")


class Stage:
    def __init__(self, standin: StandInServer, bot: Bot, user: ChatUser) -> None:
        self.standin = standin
        self.faults = standin.state.faults
        self.bot = bot
        self.user = user
        self.limits = Limits(Rates(overall=1e6, reserve=1000, credit=1000, chat=1e6))
        self.transport = Transport(bot, self.limits)

    @property
    def chat(self) -> int:
        return self.user.user_id

    def methods(self) -> list[str]:
        return [call.method for call in self.standin.state.calls]

    async def show(self, screen: Screen, edit: int | None = None) -> int:
        return await self.transport.show(str(self.chat), screen, edit=edit)
