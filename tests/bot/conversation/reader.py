"""A person in front of the chat. Knows nothing of the bot, so it also sits before one in another process."""

from collections.abc import Callable

from playground.telegram.client import ChatMessage, ChatUser

TITLES = {"everything": "Всего <понемногу>", "deficits": "Какая помощь нужна", "burnout": "Как вы на работе"}
EXAMPLES = ("12.03.2026 14:30", "12.03.2026", "14:30")
"""Of days and times, the longest first."""
LONGEST = 200
"""Steps of the longest survey; who needs more goes in a circle."""
ON = ("Далее →", "Пропустить →")


class Reader:
    """Presses what stands on the buttons and looks at what comes of it."""

    def __init__(self, user: ChatUser) -> None:
        self.user = user

    @property
    def screen(self) -> ChatMessage:
        """The lowest message that has buttons."""
        return next(one for one in reversed(self.user.messages) if one.labels)

    @property
    def live(self) -> list[ChatMessage]:
        """Messages in which the survey can be answered."""
        shown = [one for one in self.user.messages if one.labels]
        return [one for one in shown if any((b.data or "").startswith("s:") for row in one.buttons for b in row)]

    @property
    def lowest(self) -> ChatMessage:
        return self.user.messages[-1]

    async def card(self, code: str) -> ChatMessage:
        """Through the menu to the card of a survey."""
        return await self.card_titled(TITLES[code])

    async def card_titled(self, title: str) -> ChatMessage:
        before = self.user.messages[-1].message_id
        await self.user.press("📋 Анкеты")
        await self.user.expect("Анкеты для вас", after=before)
        return await self.turn(title)

    async def open(self, code: str) -> None:
        """To the first question, or the one left off at."""
        await self.card(code)
        await self.turn("Продолжить" if "Продолжить" in self.screen.labels else "Начать")

    async def turn(self, label: str) -> ChatMessage:
        """Presses and waits until the screen is another one."""
        before = self._look()
        await self.user.press(label)
        await self.user.wait_for(lambda: self._look() != before, what=f"another screen after {label!r}")
        return self.screen

    async def write(self, words: str) -> ChatMessage:
        """Types and waits for the answer below."""
        number = await self.user.send(words)
        await self.user.wait_for(
            lambda: self.lowest.from_bot and self.lowest.message_id > number, what=f"an answer to {words!r}"
        )
        await self.user.wait_for(lambda: len(self.live) <= 1, what="the old keyboard to go")
        return self.lowest

    async def see(self, fragment: str) -> ChatMessage:
        """Waits until the lowest screen says this."""
        await self.user.wait_for(lambda: fragment in self.screen.text, what=f"{fragment!r} on {self.screen.text!r}")
        return self.screen

    async def walk(self, choose: Callable[[ChatMessage], str] | None = None) -> ChatMessage:
        """Answers everything up to the summary in the plainest way."""
        for _ in range(LONGEST):
            if "Отправить" in self.screen.labels:
                return self.screen
            await self.step((choose or plainly)(self.screen))
        raise AssertionError(f"no way on from {self.screen.text!r}")

    async def step(self, what: str) -> None:
        if what not in self.screen.labels:
            await self.write(what)
            return
        await self.turn(what)
        if what.startswith("☐"):
            await self.turn("Далее →")

    def _look(self) -> tuple[int, str, list[str]]:
        return self.screen.message_id, self.screen.text, self.screen.labels


def plainly(screen: ChatMessage) -> str:
    """The first button that answers, a rank in the order it stands in, what is asked for where something is typed."""
    if "Верно" not in screen.text and "✏️" in screen.text:
        return in_words(screen)
    if "Начать заново" in screen.labels:
        return next((one for one in screen.labels if one.startswith("▫")), ON[0])
    return screen.labels[0] if not screen.labels[0].startswith("←") else next(one for one in ON if one in screen.labels)


def in_words(screen: ChatMessage, number: str = "4") -> str:
    """What is typed here: the example that the screen gives, or a number."""
    return next((one for one in EXAMPLES if one in screen.text), number)
