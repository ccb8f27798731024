"""Russian words for codes of announcements, and sentences put together of them."""

from collections.abc import Mapping
from types import MappingProxyType

from admin.shell.formatting import day, plural, whole
from admin.unreachable.words import happened, in_passing
from core.announcements.model import AnnouncementState, Category, PressKind, Trouble
from core.timing.repeat_words import how_often
from core.timing.repeating import Every, Repeat

STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        AnnouncementState.DRAFT: ("calm", "Черновик"),
        AnnouncementState.SCHEDULED: ("act", "Запланировано"),
        AnnouncementState.REPEATING: ("act", "Повторяется"),
        AnnouncementState.SENDING: ("going", "Рассылается"),
        AnnouncementState.PAUSED: ("act", "Приостановлено"),
        AnnouncementState.DONE: ("good", "Разослано"),
        AnnouncementState.STOPPED: ("calm", "Остановлено"),
        AnnouncementState.RECALLED: ("calm", "Отозвано"),
        AnnouncementState.MISSED: ("bad", "Не ушло в срок"),
    }
)
"""State → tone of the mark and its word."""

CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        Category.IMPORTANT: "Важное",
        Category.COURSES: "Курсы",
        Category.CONTESTS: "Конкурсы",
        Category.MEETINGS: "Встречи и заседания",
        Category.CONFERENCES: "Конференции",
        Category.YOUNG: "Молодым педагогам",
        Category.LITERATURE: "Литература",
        Category.NEWS: "Новости",
    }
)
PRESSES: Mapping[str, str] = MappingProxyType(
    {
        PressKind.ACKNOWLEDGED: "Нажали «Ознакомлен(а)»",
        PressKind.REGISTERED: "Записались на мероприятие",
        PressKind.OPENED: "Открыли из подборки за день",
    }
)
EVERY: Mapping[str, str] = MappingProxyType({Every.DAY: "дней", Every.WEEK: "недель", Every.MONTH: "месяцев"})
"""After «раз в столько-то»."""

OUTCOMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "unreachable": ("bad", "Некому доставить"),
        "failed": ("bad", "Не принято"),
        "unknown": ("act", "Неизвестно"),
        "cancelled": ("calm", "Не отправлялось"),
        "merged": ("going", "В подборке за день"),
        "sent": ("good", "Доставлено"),
    }
)
"""State of a delivery that is told about one person → tone and word."""

DOUBTFUL = ("act", "Возможно, пришло дважды")

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no_chat": "бот не подключён",
        "no_answer": "ответ мессенджера так и не пришёл",
        "garbled_answer": "ответ мессенджера не удалось прочитать",
        "connection_cut": "связь прервалась до ответа",
        "too_long": "текст не поместился в одно сообщение",
        "bad_markup": "мессенджер не принял оформление текста",
        "bad_button": "мессенджер не принял кнопку",
        "bad_picture": "мессенджер не принял картинку",
        "bad_file": "мессенджер не принял файл",
        "too_big": "мессенджер не принял файл: слишком большой",
        "muted": "отключил(а) у себя эту рубрику",
        "stopped": "рассылку остановили",
        "recalled": "объявление отозвали",
        "not_due": "к моменту отправки стало не нужно",
    }
)
"""Code of a reason → what a person reads, beside those for which somebody cannot be reached."""

_SPEAK = "Спросите, дошло ли: ещё раз не посылали, чтобы не пришло дважды."
_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "failed": "Передайте другим способом, а об ошибке скажите администратору.",
        "unknown": _SPEAK,
        "cancelled": "Если это нужно, сделайте копию объявления и отправьте её.",
        "sent": "Ничего делать не нужно.",
        "merged": "Ничего делать не нужно.",
    }
)
"""State of a delivery → what can be done."""


def looks(state: AnnouncementState) -> str:
    """Above the message as a chat shows it."""
    if state is AnnouncementState.RECALLED:
        return "Так это выглядело в чате"
    sent = {AnnouncementState.SENDING, AnnouncementState.PAUSED, AnnouncementState.DONE, AnnouncementState.STOPPED}
    return "Так это видят в чате" if state in sent else "Так это увидят в чате"


def outcome(one: Trouble) -> tuple[str, str]:
    """Tone and word."""
    return DOUBTFUL if one.state == "sent" else OUTCOMES.get(one.state, ("going", "Ждёт отправки"))


def reason(one: Trouble) -> str:
    """Empty where there is nothing to say; a code that nobody foresaw is explained by the log."""
    if not one.reason or one.state == "sent":
        return ""
    if one.reason in REASONS:
        return REASONS[one.reason]
    return in_passing(one.reason) if one.state == "unreachable" else "мессенджер отказал"


def advice(one: Trouble) -> str:
    if one.state == "unreachable":
        return happened(one.reason or "")[1]
    return _ADVICE.get(one.state, "Подождите: отправка ещё не закончилась.")


def repeat(how: Repeat) -> str:
    """«раз в 2 недели, по пятницам, в 10:00, с 27 ноября 2026»."""
    until = f" по {day(how.until)}" if how.until else ""
    return f"{how_often(how)}, с {day(how.first)}{until}"


def lasting(seconds: float) -> str:
    """About how long something takes; never a number of seconds that nobody would check."""
    if seconds < 60:
        return "меньше минуты"
    return f"около {plural(round(seconds / 60), 'минуты', 'минут', 'минут')}"


def people(count: int) -> str:
    return plural(count, "человек", "человека", "человек")


def signs(count: int, limit: int) -> str:
    """The counter under the text."""
    over = count - limit
    if over > 0:
        return f"Лишних знаков: {whole(over)}. Помещается {whole(limit)}."
    return f"{plural(count, 'знак', 'знака', 'знаков')} из {whole(limit)}"
