"""What is printed. For somebody tired who joins between two lessons."""

from core.documents.text import long_day
from core.invites.model import Sheet

HEADING = "Приглашение в бот методической службы"
STEPS = (
    "Наведите камеру телефона на код и нажмите на ссылку, которая появится.",
    "Откроется Telegram. Нажмите внизу «Запустить» (или «Старт»).",
    "Прочитайте согласие и, если вы согласны, нажмите «Согласиться». Имя и телефон вводить не нужно.",
)
LINK = "Камера не читает код? Наберите эту ссылку на телефоне с Telegram:"
LOST = "Потеряли листок — попросите новый: старый сразу перестанет действовать."

ADDRESS = "проживающий(ая) по адресу"
DOCUMENT = "документ, удостоверяющий личность, серия и номер"
ISSUED = "когда и кем выдан"
DATE = "Дата"
SIGNATURE = "Подпись"
IN_FULL = "Расшифровка подписи"


def title(sheet: Sheet) -> str:
    return f"Приглашения: {sheet.organisation}"


def warning(sheet: Sheet) -> str:
    return f"Код одноразовый и только ваш: не передавайте его. Действует до {long_day(sheet.until)} включительно."


def version(number: str) -> str:
    return f"Редакция {number}"


def myself(name: str) -> str:
    return f"Я, {name},"
