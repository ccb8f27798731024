"""What XLSForm can hold and a chat cannot, with what to do instead."""

from collections.abc import Collection

PLACES, PICTURES, SOUNDS, FILES = "places", "pictures", "sounds", "files"
CODES, TABLES, REPEATS, LOOPS, MAPS = "codes", "tables", "repeats", "loops", "maps"

ADVICE = {
    PLACES: "место на карте в чате не отметить; спросите адрес или название места: тип text",
    PICTURES: "снимки и рисунки анкета не принимает; уберите вопрос или спросите о том же словами: тип text",
    SOUNDS: "записи звука и видео анкета не принимает; уберите вопрос или спросите словами: тип text",
    FILES: "файлы анкета не принимает; уберите вопрос или попросите ссылку: тип text",
    CODES: "штрихкоды чат не читает; спросите номер: тип text или integer",
    TABLES: "внешних таблиц у анкеты нет; перенесите варианты на лист choices и возьмите тип select_one",
    REPEATS: "повторов в чате нет; задайте эти вопросы отдельно, столько раз, сколько нужно, "
    "с условием relevant по числу, или попросите перечислить всё в одном ответе: тип text",
    LOOPS: "циклов в чате нет; задайте вопросы по отдельности для каждого варианта",
    MAPS: "карт OpenStreetMap в чате нет; спросите название места: тип text",
}
IN_REPEAT = "строка стоит внутри повтора {name}, а повторов в чате нет; задайте вопрос отдельно"
PICTURE_OF_QUESTION = "картинку, звук и видео к вопросу чат не покажет; опишите их словами в label и очистите ячейку"
PICTURE_OF_CHOICE = "у варианта только картинка или звук, а чат показывает слова; напишите подпись в label"

_ANOTHER_INPUT = {
    "signature": "подпись в чате не поставить; замените её согласием: тип acknowledge",
    "draw": "рисовать в чате нельзя; спросите словами: тип text",
    "annotate": "рисовать на снимке в чате нельзя; спросите словами: тип text",
    "image-map": "выбрать на картинке в чате нельзя; уберите appearance, варианты станут кнопками",
    "bearing": "компаса в чате нет; спросите число и уберите appearance",
    "placement-map": "карты в чате нет; спросите адрес: тип text",
    "maps": "карты в чате нет; спросите адрес: тип text",
    "geometry": "карты в чате нет; спросите адрес: тип text",
}
_STARTS = {
    "ex:": "другие программы из чата не открыть; уберите appearance, ответ напишут словами",
    "printer:": "печатать из чата нельзя; уберите appearance",
    "search(": "внешних таблиц у анкеты нет; перенесите варианты на лист choices и уберите search()",
}
_CALENDARS = ("ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "buddhist")


def another_input(appearance: Collection[str]) -> str | None:
    """Advice about an appearance that asks in a way a chat cannot; None when it changes only looks."""
    for word in sorted(appearance):
        advice = _ANOTHER_INPUT.get(word) or next(
            (text for start, text in _STARTS.items() if word.startswith(start)), None
        )
        if advice is not None:
            return advice
    return None


def other_look(appearance: Collection[str]) -> str | None:
    """About an appearance that is passed over although somebody may count on it."""
    if "month-year" in appearance or "year" in appearance:
        return "чат спросит день целиком, а не только месяц или год; если нужен год, возьмите тип integer"
    if any(word in _CALENDARS for word in appearance):
        return "календарь будет обычный, григорианский"
    return None
