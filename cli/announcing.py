"""What is printed when the program is ready: where to go and what to try."""

from rich.panel import Panel
from rich.table import Table

from cli.console import console, say
from cli.web import PortTaken
from core.russian import plural_form
from core.settings import Settings
from playground.cast import Cast

SIGN_IN_HINT = (
    "Одноразовую ссылку для входа присылает бот: кнопка «Кабинет» в чате. "
    "На компьютере с программой её печатает команда staff link."
)
STOP = "Остановить: Ctrl+C."


def playground(settings: Settings, chat: str, token: str, cast: Cast, *, known: bool) -> None:
    """`known`: the data were there already."""
    count = len(cast.members)
    people = f"{count} {plural_form(count, 'вымышленный человек', 'вымышленных человека', 'вымышленных человек')}"
    state = "Продолжаю с прежних учебных данных." if known else f"Готово: {people}."
    again = "Начать заново: .venv/bin/python -m cli playground --fresh" if known else ""
    table = _table(
        ("Чат с ботом", f"{chat}/"),
        ("Кабинет методиста", f"{settings.public_admin_url}/enter/{token}"),
    )
    steps = (
        "1. Откройте чат и выберите человека из «Ещё не подключились»: войдите по приглашению, дайте согласие.",
        "2. Откройте кабинет (ссылка одноразовая, на 15 минут): начните волну анкетирования.",
        "3. Вернитесь в чат: приглашение уже пришло. Ответьте, а потом посмотрите показатели в кабинете.",
    )
    console.print(Panel.fit("Учебная площадка. Все люди и ответы вымышлены.", style="bold"))
    console.print(table)
    _lines(state, again, "Что попробовать:", *steps, STOP)


def telegram(settings: Settings) -> None:
    console.print(Panel.fit("Методкабинет работает с Telegram.", style="bold"))
    console.print(_table(("Кабинет", settings.public_admin_url)))
    _lines("Первого сотрудника заводит команда: .venv/bin/python -m cli staff add ИМЯ", STOP)


def port_taken(error: PortTaken) -> str:
    return (
        f"Порт {error.port} на {error.host} занят или закрыт для программы. Возможно, она уже запущена: "
        "остановите её или выберите другой порт, например --port 8090 --chat-port 8091."
    )


def _table(*rows: tuple[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    for title, address in rows:
        table.add_row(title, f"[link={address}]{address}[/link]")
    return table


def _lines(*lines: str) -> None:
    for line in filter(None, lines):
        say(line)
