"""Russian words for codes of announcements, and sentences put together of them."""

from collections.abc import Mapping
from types import MappingProxyType

from admin.shell.formatting import NBSP, day, plural, whole
from core.announcements.model import AnnouncementState, AttachmentKind, Category, PressKind, Trouble
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
        Category.MEETINGS: "Заседания и встречи",
        Category.CONFERENCES: "Конференции и семинары",
        Category.YOUNG: "Молодым педагогам и наставникам",
        Category.LITERATURE: "Новинки литературы",
        Category.NEWS: "Новости",
    }
)
ATTACHMENTS: Mapping[str, str] = MappingProxyType({AttachmentKind.PHOTO: "Фото", AttachmentKind.DOCUMENT: "Документ"})
PRESSES: Mapping[str, str] = MappingProxyType(
    {
        PressKind.ACKNOWLEDGED: "Нажали «Ознакомлен(а)»",
        PressKind.REGISTERED: "Записались на мероприятие",
        PressKind.OPENED: "Открыли из сводки дня",
    }
)
EVERY: Mapping[str, str] = MappingProxyType({Every.DAY: "дней", Every.WEEK: "недель", Every.MONTH: "месяцев"})
"""After «раз в столько-то»."""

_ONE = {Every.DAY: "каждый день", Every.WEEK: "каждую неделю", Every.MONTH: "каждый месяц"}
_FORMS = {
    Every.DAY: ("день", "дня", "дней"),
    Every.WEEK: ("неделю", "недели", "недель"),
    Every.MONTH: ("месяц", "месяца", "месяцев"),
}
_WEEKDAYS = ("понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям")

OUTCOMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "unreachable": ("bad", "Некому доставить"),
        "failed": ("bad", "Не принято"),
        "unknown": ("act", "Неизвестно"),
        "cancelled": ("calm", "Не отправлялось"),
        "merged": ("going", "В сводке дня"),
        "sent": ("good", "Доставлено"),
    }
)
"""State of a delivery that is told about one person → tone and word."""

DOUBTFUL = ("act", "Возможно, пришло дважды")

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "blocked": "остановил(а) бота",
        "deactivated": "учётная запись в мессенджере удалена",
        "gone": "чата с ботом больше нет",
        "no_chat": "бот не подключён",
        "message_gone": "сообщение в чате уже удалено",
        "not_editable": "это сообщение уже нельзя изменить",
        "too_long": "текст не поместился в одно сообщение",
        "bad_markup": "мессенджер не принял оформление текста",
        "bad_button": "мессенджер не принял кнопку",
        "no_answer": "ответ мессенджера так и не пришёл",
        "garbled_answer": "ответ мессенджера не удалось прочитать",
        "connection_cut": "связь прервалась до ответа",
        "not_due": "к моменту отправки стало не нужно",
    }
)
"""Code of a reason → what a person reads; others are a fault that the log explains."""

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "blocked": "Попросите открыть бота и нажать «Запустить».",
        "deactivated": "Выдайте новое приглашение.",
        "gone": "Выдайте новое приглашение.",
        "no_chat": "Выдайте приглашение.",
        "no_answer": "Спросите, дошло ли; повторять не стали, чтобы не прислать дважды.",
        "garbled_answer": "Спросите, дошло ли; повторять не стали, чтобы не прислать дважды.",
    }
)
"""Code of a reason → what can be done."""


def looks(state: AnnouncementState) -> str:
    """Above the message as a chat shows it."""
    if state is AnnouncementState.RECALLED:
        return "Так это выглядело в чате"
    sent = {AnnouncementState.SENDING, AnnouncementState.PAUSED, AnnouncementState.DONE, AnnouncementState.STOPPED}
    return "Так это видят в чате" if state in sent else "Так это увидят в чате"


def reason(code: str | None) -> str:
    return "" if not code else REASONS.get(code, "мессенджер отказал")


def outcome(one: Trouble) -> tuple[str, str]:
    """Tone and word."""
    return DOUBTFUL if one.state == "sent" else OUTCOMES.get(one.state, ("going", "Ждёт отправки"))


def advice(one: Trouble) -> str:
    if one.state == "sent":
        return "Ничего делать не нужно."
    if one.state in {"queued", "sending", "retrying", "held"}:
        return "Подождите: отправка ещё не закончилась."
    if one.state == "unreachable":
        return ADVICE.get(one.reason or "", "Выдайте новое приглашение.")
    return ADVICE.get(one.reason or "", "Передайте другим способом.")


def repeat(how: Repeat) -> str:
    """«раз в 2 недели, по пятницам, в 10:00, с 27 ноября 2026»."""
    one, few, many = _FORMS[how.every]
    parts = [_ONE[how.every] if how.step == 1 else f"раз в{NBSP}{plural(how.step, one, few, many)}"]
    if how.every is Every.WEEK:
        parts.append(f"по {_WEEKDAYS[how.first.weekday()]}")
    if how.every is Every.MONTH:
        last = ", в коротком месяце — в последний день" if how.first.day > 28 else ""
        parts.append(f"{how.first.day}-го числа{last}")
    parts.append(f"в{NBSP}{how.at.hour}:{how.at:%M}")
    parts.append(f"с {day(how.first)}" + (f" по {day(how.until)}" if how.until else ""))
    return ", ".join(parts)


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
