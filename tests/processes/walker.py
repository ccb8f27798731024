"""Somebody who presses each button exactly once and waits, however long, for what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from playground.telegram.client import Button, ChatMessage, ChatUser
from tests.processes.town import TITLE

PATIENCE = 90.0
"""Seconds. A press may have to outlive several lives of the bot; it is never repeated."""
BEGIN, SEND, TYPED = "Начать", "Отправить", "✏️"
THANKS = ("Анкета отправлена", "отправлена, спасибо")
"""In place of the survey; or in the list, when the bot died between storing it and saying so."""
MARK, MARKED = "☐", "☑"
AWAY = ("←", "▼", "▲", "Продолжить позже")
"""Beginnings of buttons that lead away from the way forward."""


@dataclass
class Walker:
    user: ChatUser
    random: Random
    steps: int = 0
    """Presses that must each have led to another question, once."""
    marks: int = 0
    """Marks that must each have been set, once."""

    async def walk(self) -> None:
        """From the menu to the handed-in questionnaire. Raises playground.telegram.client.NotSeen for a lost press."""
        await self.user.send("/start")
        await self._until(lambda: bool(self.user.keyboard), "the menu")
        await self.user.send("📋 Анкеты")
        await self.user.press(TITLE, PATIENCE)
        await self.user.press(BEGIN, PATIENCE)
        await self._until(lambda: self._visit() > 0, "the first question")
        while (send := self._button(SEND)) is None:
            await self._answer(self._screen)
        await self.user.press_raw(*send)
        await self._until(lambda: any(said in one.text for one in self.user.messages for said in THANKS), "the thanks")

    @property
    def _screen(self) -> ChatMessage:
        """The newest screen of the survey: after a restart an older one may still be shown below or above it."""
        return max(self.user.messages, key=lambda one: (_visit(one), one.message_id))

    def _visit(self) -> int:
        return _visit(self._screen)

    def _button(self, label: str) -> tuple[ChatMessage, str] | None:
        found = [one for row in self._screen.buttons for one in row if one.text == label and one.data]
        return (self._screen, str(found[0].data)) if found else None

    async def _answer(self, screen: ChatMessage) -> None:
        if TYPED in screen.text:
            await self.user.send("4")
        else:
            button = self._choice(screen)
            await self.user.press_raw(screen, str(button.data))
            if button.text.startswith(MARK):
                self.marks += 1
                await self._until(lambda: any(one.startswith(MARKED) for one in self._screen.labels), "the mark")
                return
        self.steps += 1
        visit = _visit(screen)
        await self._until(lambda: self._visit() > visit, f"the screen after visit {visit}")

    def _choice(self, screen: ChatMessage) -> Button:
        """One of the buttons that lead on; several-of, which must be answered, gets one mark first."""
        onward = [one for row in screen.buttons for one in row if not one.text.startswith((*AWAY, MARKED))]
        marks = [one for one in onward if one.text.startswith(MARK)]
        if any(label.startswith(MARKED) for label in screen.labels):
            onward = [one for one in onward if one not in marks]
        elif marks:
            onward = marks
        return self.random.choice(onward)

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        await self.user.wait_for(condition, PATIENCE, what)


def _visit(message: ChatMessage) -> int:
    """Which screen of the survey its buttons belong to (`s:<response>:<visit>:…`); 0 when to none."""
    visits = [one.data.split(":")[2] for row in message.buttons for one in row if (one.data or "").startswith("s:")]
    return int(visits[0]) if visits else 0
