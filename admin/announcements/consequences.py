"""What will happen when an announcement goes out, is stopped or taken back, in sentences for whoever decides."""

from datetime import datetime

from admin.announcements import words
from admin.announcements.words import people
from admin.shell import formatting
from admin.shell.formatting import plural
from core.announcements.model import AnnouncementDetail, AnnouncementState, Reach


def going_out(reach: Reach, now: datetime, zone: str) -> list[str]:
    """Of sending it now; the same numbers will be counted anew for a later time."""
    said = [f"Получат {people(reach.recipients)}." if reach.recipients else "Сейчас его никто не получит."]
    said += left_out(reach)
    if not reach.recipients:
        return said
    if reach.when > now:
        said.append(f"Сейчас тихие часы, поэтому первые сообщения уйдут {formatting.moment(reach.when, zone)}.")
    said.append(f"Вся рассылка займёт {words.lasting(reach.seconds)}.")
    return said


def left_out(reach: Reach) -> list[str]:
    """Who is meant and does not get it, and why."""
    said = []
    if reach.people > reach.joined:
        missing = people(reach.people - reach.joined)
        said.append(f"Ещё {missing} под условия подходят, но не получат: бот не подключён или нет согласия.")
    if reach.muted:
        said.append(f"{_capital(people(reach.muted))} отключили у себя эту рубрику и не получат.")
    return said


def later(reach: Reach) -> list[str]:
    counted = f"Сейчас его получили бы {people(reach.recipients)}; к назначенному времени адресаты подберутся заново."
    return [counted, *left_out(reach), "Если время придётся на тихие часы, сообщения дождутся их конца."]


def repeating(detail: AnnouncementDetail, reach: Reach) -> list[str]:
    assert detail.content.repeat is not None, "only one that repeats is asked about"
    return [f"Объявление будет уходить само: {words.repeat(detail.content.repeat)}.", *later(reach)]


def of(code: str, detail: AnnouncementDetail) -> list[str]:
    """Of the steps after which nothing goes out."""
    counts = detail.row.counts
    match code:
        case "pause":
            return [f"Ждут отправки {people(counts.waiting)}. Они получат объявление, когда вы продолжите рассылку."]
        case "go_on":
            return [f"Рассылка продолжится с того места, где остановилась: осталось {people(counts.held)}."]
        case "stop":
            return _stopping(detail)
        case "recall":
            return _recalling(detail)
        case _:
            return [_PLAIN[code]]


def _stopping(detail: AnnouncementDetail) -> list[str]:
    if detail.row.state is AnnouncementState.REPEATING:
        return ["Новых повторов не будет. Те, что уже разосланы, останутся в чатах."]
    counts = detail.row.counts
    return [
        f"Не получат {people(counts.open)}, которым ещё не отправлено.",
        "У тех, кто уже получил, объявление останется. Убрать и его можно будет кнопкой «Отозвать».",
        "Продолжить остановленную рассылку нельзя.",
    ]


def _recalling(detail: AnnouncementDetail) -> list[str]:
    counts = detail.row.counts
    chats = plural(counts.sent, "чата", "чатов", "чатов")
    said = [f"Объявление исчезнет из {chats}, где оно уже есть. Кто успел прочитать, тот прочитал."]
    if counts.open:
        said.append(f"Ещё {people(counts.open)} его не получат.")
    return [*said, *_RECALLED]


_RECALLED = (
    "Удалить то, что старше двух суток, мессенджер не даёт: там вместо текста будет сказано, что объявление отозвано.",
    "Вернуть отозванное нельзя, но можно сделать копию.",
)
_PLAIN = {
    "unschedule": "Само объявление не уйдёт. Оно снова станет черновиком, его можно будет изменить.",
    "copy": "Получится новый черновик с тем же текстом, файлом, кнопками и адресатами. Это объявление не изменится.",
    "delete": "Его никто не получал, поэтому от объявления ничего не останется.",
}


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
