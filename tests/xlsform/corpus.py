"""Forms of many kinds and languages, as people make them for Kobo and ODK. All wording is our own.

Each either runs to its end, or is refused with what the comment of its entry says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from openpyxl.styles import Font

from tests.xlsform.books import Rows, empty, saved, sheet_of, workbook

YES_NO: Rows = [["list_name", "name", "label"], ["yn", "yes", "Да"], ["yn", "no", "Нет"]]


@dataclass(frozen=True, slots=True)
class Form:
    """`refused` holds pieces of problems that must be there, each with its place; empty: the form runs."""

    sheets: Mapping[str, Rows]
    refused: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = field(default=())
    """Names of questions that must have an answer in the end."""
    made: Callable[[Mapping[str, Rows]], bytes] = workbook


def _merged(sheets: Mapping[str, Rows]) -> bytes:
    """A title across the sheet above the headings, as people put it there."""
    book = empty()
    sheet = sheet_of(book, "survey", [["Анкета выпускника"], *sheets["survey"]])
    sheet.merge_cells("A1:C1")
    return saved(book)


def _padded(sheets: Mapping[str, Rows]) -> bytes:
    """10,000 rows that are formatted and empty, and columns far to the right."""
    book = empty()
    sheet = sheet_of(book, "survey", sheets["survey"])
    for number in range(len(sheets["survey"]) + 1, 10_001):
        sheet.cell(number, 1).font = Font(bold=True)
    sheet.cell(1, 60).font = Font(bold=True)
    return saved(book)


def _hidden(sheets: Mapping[str, Rows]) -> bytes:
    book = empty()
    sheet_of(book, "Заметки", [["=1+1"]])
    for title, rows in sheets.items():
        sheet_of(book, title, rows)
    book["choices"].sheet_state = "hidden"
    return saved(book)


RUNNING: Mapping[str, Form] = {
    "russian_plain": Form(
        {
            "survey": [
                ["type", "name", "label", "hint", "required"],
                ["text", "fio", "Как к вам обращаться?", "Имя и отчество", "yes"],
                ["select_one yn", "teaches", "Вы ведёте уроки?", None, "true()"],
                ["note", None, "Спасибо!", None, None],
            ],
            "choices": YES_NO,
            "settings": [["form_title", "form_id", "version"], ["Знакомство", "hello", 3]],
        },
        kept=("fio", "teaches"),
    ),
    "only_one_sheet_of_any_name": Form({"Лист1": [["type", "name", "label"], ["integer", "age", "Сколько вам лет?"]]}),
    "english_spaced_types": Form(
        {
            "survey": [
                ["Type", "Name", "Label", "Relevance", "Constraint Message", "constraint"],
                ["begin group", "hh", "Household", None, None, None],
                ["Integer", "people", "How many people live here?", None, "At most thirty.", ". <= 30"],
                ["select one from yesno", "children", "Are there children?", "${people} > 1", None, None],
                ["select all that apply from things", "has", "What do you have?", None, None, None],
                ["end group", None, None, None, None, None],
            ],
            "choices": [
                ["list name", "value", "caption"],
                ["yesno", 1, "Yes"],
                ["yesno", 0, "No"],
                ["things", "radio", "Radio"],
                ["things", "bike", "Bicycle"],
            ],
        },
        kept=("people", "children", "has"),
    ),
    "french_and_russian": Form(
        {
            "survey": [
                ["type", "name", "label::Français (fr)", "label::Русский (ru)", "hint::Français (fr)"],
                ["text", "ville", "Dans quelle ville ?", "В каком городе?", "En lettres"],
                ["date", "jour", "Quel jour ?", None, None],
            ],
            "settings": [["default_language"], ["Français (fr)"]],
        },
    ),
    "arabic": Form(
        {
            "survey": [
                ["type", "name", "label::العربية (ar)"],
                ["text", "ism", "ما اسمك؟"],
                ["select_one na", "hal", "هل أنت معلم؟"],
            ],
            "choices": [["list_name", "name", "label::العربية (ar)"], ["na", "n", "نعم"], ["na", "l", "لا"]],
        },
    ),
    "spanish_single_colon": Form(
        {
            "survey": [
                ["type", "name", "label:español", "label:english", "required"],
                ["decimal", "peso", "¿Cuánto pesa?", "How heavy?", "yes"],
                ["range", "nota", "¿Qué nota?", "Which mark?", None],
            ],
        },
    ),
    "kobo_export": Form(
        {
            "survey": [
                [
                    "name",
                    "type",
                    "$kuid",
                    "label::Russian (ru)",
                    "label::English (en)",
                    "required",
                    "$autoname",
                    "_isRepeat",
                    "kobo--score-choices",
                    "kobo--rank-items",
                    "relevant",
                    "select_from_list_name",
                ],
                ["start", "start", "a1", None, None, None, "start"],
                ["end", "end", "a2", None, None, None, "end"],
                [
                    None,
                    "begin_score",
                    "a3",
                    "Насколько вы согласны?",
                    "How far do you agree?",
                    "true",
                    "agree",
                    None,
                    "scale",
                ],
                [None, "score__row", "a4", "Мне интересно", "It is interesting", None, "interesting"],
                [None, "score__row", "a5", "Мне полезно", "It is useful", None, "useful"],
                [None, "end_score", "/a3"],
                [None, "begin_rank", "a6", "Что важнее?", "What matters more?", None, "important", None, None, "ranks"],
                [None, "rank__level", "a7", "1-е место", "1st place", None, "first"],
                [None, "rank__level", "a8", "2-е место", "2nd place", None, "second"],
                [None, "end_rank", "/a6"],
            ],
            "choices": [
                ["list_name", "name", "label::Russian (ru)", "label::English (en)", "$kuid", "$autovalue"],
                ["scale", None, "Нет", "No", "c1", "no"],
                ["scale", None, "Да", "Yes", "c2", "yes"],
                ["ranks", "time", "Время", "Time", "c3", "time"],
                ["ranks", "money", "Деньги", "Money", "c4", "money"],
                ["ranks", "peace", "Покой", "Peace", "c5", "peace"],
            ],
            "settings": [["style", "id_string", "version"], ["theme-grid", "aKobo", "1 (2026-11-01 10:00:00)"]],
        },
        kept=("interesting", "useful", "first", "second"),
    ),
    "kobo_rank_of_all": Form(
        {
            "survey": [
                ["type", "name", "label", "kobo--rank-items", "kobo--rank-constraint-message"],
                ["begin_rank", "order", "Расставьте по важности", "ranks", "Уже было"],
                ["rank__level", "p1", "Первое", None, None],
                ["rank__level", "p2", "Второе", None, None],
                ["end_rank", None, None, None, None],
            ],
            "choices": [["list_name", "name", "label"], ["ranks", "a", "Время"], ["ranks", "b", "Покой"]],
        },
        kept=("order",),
    ),
    "kobo_matrix": Form(
        {
            "survey": [
                ["type", "name", "label", "required", "kobo--matrix_list", "relevant"],
                ["begin_kobomatrix", "m", "Чем вы пользуетесь?", None, "things", None],
                ["select_one yn", "has", "Есть ли у вас", "true", None, None],
                ["integer", "count", "Сколько", None, None, "${has} = 'yes'"],
                ["end_kobomatrix", None, None, None, None, None],
            ],
            "choices": [*YES_NO, ["things", "pc", "Компьютер"], ["things", "board", "Доска"]],
        },
        kept=("m_pc_has", "m_pc_count", "m_board_has"),
    ),
    "cascading": Form(
        {
            "survey": [
                ["type", "name", "label", "choice_filter"],
                ["select_one region", "region", "Region", None],
                ["select_one town", "town", "Town", "region = ${region}"],
                ["select_one school", "school", "School", "region=${region} and town=${town}"],
            ],
            "choices": [
                ["list_name", "name", "label", "region", "town", "order"],
                ["region", "n", "North", None, None, 1],
                ["region", "s", "South", None, None, 2],
                ["town", "a", "Alder", "n", None, 1],
                ["town", "b", "Birch", "s", None, 2],
                ["school", 11, "First", "n", "a", 1],
                ["school", 12, "Second", "s", "b", 2],
            ],
        },
        kept=("region", "town", "school"),
    ),
    "grid_with_label_row": Form(
        {
            "survey": [
                ["type", "name", "label", "appearance"],
                ["begin_group", "grid", None, "field-list"],
                ["select_one yn", "grid_head", "Отметьте, что верно", "label"],
                ["select_one yn", "g1", "Есть кабинет", "list-nolabel"],
                ["select_one yn", "g2", "Есть доска", "list-nolabel"],
                ["end_group", None, None, None],
            ],
            "choices": YES_NO,
        },
        kept=("g1", "g2"),
    ),
    "grid_with_something_else": Form(
        {
            "survey": [
                ["type", "name", "label", "appearance"],
                ["begin_group", "grid", "Ваш кабинет", "field-list"],
                ["select_one yn", "grid_head", "Отметьте, что верно", "label"],
                ["select_one yn", "g1", "Есть доска", "list-nolabel"],
                ["text", "g2", "Чего не хватает?", None],
                ["end_group", None, None, None],
            ],
            "choices": YES_NO,
        },
        kept=("g1", "g2"),
    ),
    "table_list": Form(
        {
            "survey": [
                ["type", "name", "label", "appearance", "hint"],
                ["begin group", "t", "Согласны ли вы?", "table-list minimal", None],
                ["select_one yn", "t1", "Уроки интересны", None, "Все"],
                ["select_one yn", "t2", "Уроки полезны", None, None],
                ["end group", None, None, None, None],
            ],
            "choices": YES_NO,
        },
        kept=("t1", "t2"),
    ),
    "calculations": Form(
        {
            "survey": [
                ["type", "name", "label", "calculation", "relevant", "read_only"],
                ["integer", "a", "Первое число", None, None, None],
                ["integer", "b", "Второе число", None, None, None],
                ["calculate", "total", None, "${a} + ${b}", None, None],
                ["calculate", "level", None, "if(${total} > 10, 'high', 'low')", None, None],
                ["note", "n1", "Вместе: ${total}, уровень ${level}", None, None, None],
                ["text", "kept", "Как записать?", "concat('всего ', ${total})", None, None],
                ["text", "fixed", "Итог", "round(${total} div 3, 1)", None, "yes"],
                ["note", "n2", "Итог уже большой", None, "${fixed} > 0.5", None],
            ],
        },
        kept=("a", "b", "total", "kept", "fixed"),
    ),
    "groups_in_groups": Form(
        {
            "survey": [
                ["type", "name", "label", "relevant"],
                ["begin_group", "one", "Раз", None],
                ["select_one yn", "x", "Идём дальше?", None],
                ["begin_group", "two", None, "${x} = 'yes'"],
                ["begin_group", "three", "Три", None],
                ["text", "deep", "Что внутри?", None],
                ["end_group", None, None, None],
                ["end_group", None, None, None],
                ["begin_group", "empty", "Пусто", None],
                ["end_group", None, None, None],
                ["end_group", "one", None, None],
            ],
            "choices": YES_NO,
        },
        kept=("x", "deep"),
    ),
    "or_other": Form(
        {
            "survey": [
                ["type", "name", "label"],
                ["select_one colours or_other", "colour", "Какой цвет?"],
                ["select_multiple colours or specify other", "more", "А ещё?"],
            ],
            "choices": [["list_name", "name", "label"], ["colours", "red", "Красный"]],
        },
    ),
    "ranges_and_ranks": Form(
        {
            "survey": [
                ["type", "name", "label", "parameters", "appearance", "default"],
                ["range", "r1", "От нуля до единицы", "start=0;end=1;step=0.1", "vertical", 0.5],
                ["range", "r2", "Сверху вниз", "start=10 end=0 step=-2", None, None],
                ["range", "r3", "Как придётся", None, "rating", 3],
                ["rank yn", "order", "По порядку", None, None, None],
            ],
            "choices": YES_NO,
        },
        kept=("r1", "r2", "r3", "order"),
    ),
    "dates": Form(
        {
            "survey": [
                ["type", "name", "label", "constraint", "appearance", "default"],
                ["date", "d", "День", ". >= today()", "no-calendar", None],
                ["date", "born", "День рождения", ". < today()", "month-year", date(1990, 5, 17)],
                ["time", "t", "Время", None, None, "10:00"],
                ["dateTime", "m", "Когда?", None, None, "now()"],
                ["calculate", "age", None, None, None, "int((today() - ${born}) div 365.25)"],
            ],
        },
        kept=("d", "born", "t", "m", "age"),
    ),
    "metadata": Form(
        {
            "survey": [
                ["type", "name", "label", "calculation", "parameters"],
                ["start", "start", None, None, None],
                ["end", "end", None, None, None],
                ["today", "today", None, None, None],
                ["deviceid", "device", None, None, None],
                ["phonenumber", "phone", None, None, None],
                ["username", "who", None, None, None],
                ["audit", "audit", None, None, "track-changes=true"],
                ["start-geopoint", "where_am_i", None, None, None],
                ["text", "q", "Вопрос", None, None],
                ["calculate", "day", None, "format-date(${start}, '%d.%m.%Y')", None],
                ["calculate", "id", None, "concat(${device}, '-', ${today})", None],
            ],
        },
        kept=("q", "start", "day", "id"),
    ),
    "numbers_as_labels": Form(
        {
            "survey": [["type", "name", "label"], ["select_one n", "n", 2026], ["integer", "x", 1.0]],
            "choices": [["list_name", "name", "label"], ["n", 1.0, 1.0], ["n", 2, 2.5], ["n", True, False]],
        },
    ),
    "markdown_and_html": Form(
        {
            "survey": [
                ["type", "name", "label", "hint"],
                ["note", "n", '# Внимание\n**Важно:** <span style="color:red">не спешите</span>', None],
                ["text", "q", "Что значит &lt;b&gt; и _курсив_?", "См. [сайт](https://example.org)"],
            ],
        },
    ),
    "title_above_the_headings": Form(
        {"survey": [["type", "name", "label"], ["text", "q", "Куда вы поступили?"]]}, made=_merged
    ),
    "ten_thousand_blank_rows": Form({"survey": [["type", "name", "label"], ["text", "q", "Вопрос"]]}, made=_padded),
    "hidden_sheet": Form(
        {"survey": [["type", "name", "label"], ["select_one yn", "q", "Да или нет?"]], "choices": YES_NO}, made=_hidden
    ),
    "acknowledge_and_hidden": Form(
        {
            "survey": [
                ["type", "name", "label", "required", "default", "relevant"],
                ["acknowledge", "agree", "Я прочитал и понял", "yes", None, None],
                ["hidden", "source", None, None, "school", None],
                ["text", "q", "Вопрос", None, "Иванова д'Арк", "${agree} = 'OK' and ${source} = 'school'"],
            ],
        },
        kept=("agree", "source", "q"),
    ),
    "same_name_in_two_groups": Form(
        {
            "survey": [
                ["type", "name", "label"],
                ["begin_group", "mother", "Мама"],
                ["text", "job", "Кем работает?"],
                ["end_group", None, None],
                ["begin_group", "father", "Папа"],
                ["text", "job", "Кем работает?"],
                ["end_group", None, None],
            ],
        },
    ),
    "long_names": Form(
        {
            "survey": [
                ["type", "name", "label", "relevant"],
                ["select_one yn", "x" * 90, "Вопрос?", None],
                ["text", "why", "Почему?", "${" + "x" * 90 + "} = 'yes'"],
            ],
            "choices": YES_NO,
        },
        kept=("why",),
    ),
    "spaced_choice_names": Form(
        {
            "survey": [
                ["type", "name", "label", "relevant"],
                ["select_one mood", "mood", "Как вы?", None],
                ["text", "why", "Почему?", "${mood} = 'Очень хорошо'"],
            ],
            "choices": [
                ["list_name", "name", "label"],
                ["mood", "Очень хорошо", "Очень хорошо"],
                ["mood", "Так", "Так"],
            ],
        },
        kept=("mood", "why"),
    ),
    "cyrillic_names": Form(
        {
            "survey": [
                ["type", "name", "label", "relevant"],
                ["integer", "возраст", "Сколько вам лет?", None],
                ["text", "школа", "Где вы работаете?", "${возраст} >= 18"],
            ],
        },
    ),
    "curly_quotes_and_hard_spaces": Form(
        {
            "survey": [
                ["type ", " name", "label", "relevant"],
                ["select_one\u00a0yn", "q ", "Да?", None],
                ["text", "why", "Почему?", "${q}\u00a0= ‘yes’"],
            ],
            "choices": YES_NO,
        },
        kept=("q", "why"),
    ),
    "remarks_and_disabled_rows": Form(
        {
            "survey": [
                ["type", "name", "label", "disabled", "заметки"],
                [None, None, None, None, "Раздел готов"],
                ["text", "old", "Старый вопрос", "yes", None],
                ["text", "q", "Вопрос", None, "проверить"],
                [None, None, None, None, None],
                ["note", None, "Конец", None, None],
            ],
        },
    ),
    "unused_list_and_impossible_comparison": Form(
        {
            "survey": [
                ["type", "name", "label", "relevant"],
                ["select_one yn", "q", "Да?", None],
                ["text", "never", "Этого не спросят", "${q} = 'maybe'"],
            ],
            "choices": [*YES_NO, ["unused", "a", "А"]],
        },
    ),
    "legacy_types": Form(
        {
            "survey": [
                ["command", "tag", "caption", "required"],
                ["string", "s", "Строка", "TRUE"],
                ["int", "i", "Число", False],
                ["percentage", "p", "Сколько процентов?", True],
                ["phone number", "tel", "Телефон", None],
                ["select1 yn", "y", "Да?", None],
            ],
            "choices": YES_NO,
        },
    ),
    "pictures_beside_labels": Form(
        {
            "survey": [["type", "name", "label"], ["select_one a", "a", "Кто это?"]],
            "choices": [["list_name", "name", "label", "media::image"], ["a", "cat", "Кошка", "cat.png"]],
        },
    ),
}

REFUSED: Mapping[str, Form] = {
    "repeats": Form(
        {
            "survey": [
                ["type", "name", "label", "repeat_count"],
                ["begin_repeat", "child", "Ребёнок", 3],
                ["text", "child_name", "Имя", None],
                ["geopoint", "child_place", "Где живёт?", None],
                ["end_repeat", None, None, None],
                ["calculate", "n", None, None],
            ]
        },
        refused=(
            ("лист survey, строка 2, столбец A (type)", "повторов в чате нет"),
            ("лист survey, строка 3, столбец A (type)", "внутри повтора child"),
            ("лист survey, строка 4, столбец A (type)", "внутри повтора child"),
        ),
    ),
    "places_and_media": Form(
        {
            "survey": [
                ["type", "name", "label", "media::image", "appearance"],
                ["geopoint", "a", "Где?", None, None],
                ["image", "b", "Снимок", None, None],
                ["audio", "c", "Запись", None, None],
                ["barcode", "d", "Код", None, None],
                ["file", "e", "Файл", None, None],
                ["text", "f", "Что на картинке?", "picture.png", None],
                ["image", "g", "Подпись", None, "signature"],
                ["text", "h", "Откройте программу", None, "ex:org.example.app"],
                ["select_one_from_file towns.csv", "i", "Город", None, None],
                ["select_one fruits", "j", "Плод", None, "search('fruits')"],
                ["background-audio", "k", None, None, None],
                ["csv-external", "l", None, None, None],
                ["osm", "m", "Дом", None, None],
            ],
            "choices": [["list_name", "name", "label"], ["fruits", "a", "Яблоко"]],
        },
        refused=tuple(
            (f"лист survey, строка {row}, столбец {column}", advice)
            for row, column, advice in (
                (2, "A (type)", "text"),
                (3, "A (type)", "словами"),
                (4, "A (type)", "словами"),
                (5, "A (type)", "номер"),
                (6, "A (type)", "ссылку"),
                (7, "D (media::image)", "очистите"),
                (8, "A (type)", "словами"),
                (9, "E (appearance)", "уберите appearance"),
                (10, "A (type)", "choices"),
                (11, "E (appearance)", "choices"),
                (12, "A (type)", "словами"),
                (13, "A (type)", "choices"),
                (14, "A (type)", "название"),
            )
        ),
    ),
    "no_headings": Form(
        {"survey": [["Вопрос", "Ответ"], ["Как дела?", ""]]}, refused=(("лист survey, строка 1", "type"),)
    ),
    "no_survey_sheet": Form({"Анкета": YES_NO, "choices": YES_NO}, refused=(("лист survey", "нужен лист survey"),)),
    "no_choices": Form(
        {"survey": [["type", "name", "label"], ["select_one yn", "q", "Да?"]]},
        refused=(("лист survey, строка 2, столбец A (type)", "yn"),),
    ),
    "duplicate_names": Form(
        {"survey": [["type", "name", "label"], ["text", "q", "Раз"], ["text", "q", "Два"]]},
        refused=(("лист survey, строка 3, столбец B (name)", "имя занято"),),
    ),
    "duplicate_choices": Form(
        {
            "survey": [["type", "name", "label"], ["select_one a", "q", "Раз"]],
            "choices": [["list_name", "name", "label"], ["a", "x", "Икс"], ["a", "x", "Снова икс"]],
        },
        refused=(("лист choices, строка 3, столбец B (name)", "строке 2"),),
    ),
    "duplicate_headings": Form(
        {"survey": [["type", "name", "label", "relevant", "relevance"], ["text", "q", "Раз", "", ""]]},
        refused=(("лист survey, строка 1, столбец E (relevance)", "оставьте один"),),
    ),
    "cycle": Form(
        {
            "survey": [
                ["type", "name", "label", "relevant"],
                ["text", "a", "А", "${b} = 'x'"],
                ["text", "b", "Б", "${a} = 'x'"],
            ]
        },
        refused=(("столбец D (relevant)", "по кругу"),),
    ),
    "unknown_function": Form(
        {
            "survey": [
                ["type", "name", "label", "calculation"],
                ["text", "q", "Вопрос", None],
                ["calculate", "c", None, "pulldata('towns', 'name', 'key', ${q})"],
                ["calculate", "d", None, "frobnicate(${q})"],
                ["calculate", "e", None, "${q} +"],
            ]
        },
        refused=(
            ("лист survey, строка 3, столбец D (calculation)", "внешних таблиц"),
            ("лист survey, строка 4, столбец D (calculation)", "знак 1"),
            ("лист survey, строка 5, столбец D (calculation)", "знак"),
        ),
    ),
    "unknown_reference": Form(
        {
            "survey": [
                ["type", "name", "label", "relevant"],
                ["text", "q", "Вопрос про ${nobody}", None],
                ["text", "w", "Вопрос", "${missing} = 1"],
            ]
        },
        refused=(
            ("лист survey, строка 2", "nobody"),
            ("лист survey, строка 3, столбец D (relevant)", "missing"),
        ),
    ),
    "unclosed_group": Form(
        {"survey": [["type", "name", "label"], ["begin_group", "g", "Группа"], ["text", "q", "Вопрос"]]},
        refused=(("лист survey, строка 2, столбец A (type)", "не закрыта"),),
    ),
    "wrong_end": Form(
        {
            "survey": [
                ["type", "name", "label"],
                ["begin_group", "g", "Группа"],
                ["text", "q", "Вопрос"],
                ["end_repeat", None, None],
                ["end_group", None, None],
            ]
        },
        refused=(
            ("лист survey, строка 4, столбец A (type)", "end_group"),
            ("лист survey, строка 5, столбец A (type)", "закрывать нечего"),
        ),
    ),
    "wrong_columns": Form(
        {"survey": [["type", "label"], ["text", "Вопрос"], ["integer", "Число"]]},
        refused=(("лист survey, строка 2, столбец name", "заполнить"),),
    ),
    "unknown_type": Form(
        {"survey": [["type", "name", "label"], ["txet", "q", "Вопрос"], ["select_one", "w", "Какой?"]]},
        refused=(
            ("лист survey, строка 2, столбец A (type)", "возможно, text"),
            ("лист survey, строка 3, столбец A (type)", "имя списка"),
        ),
    ),
    "no_label": Form(
        {"survey": [["type", "name", "label"], ["text", "q", None], ["text", "w", "Вопрос"]]},
        refused=(("лист survey, строка 2, столбец C (label)", "заполнить"),),
    ),
    "formula_without_value": Form(
        {"survey": [["type", "name", "label"], ["text", "q", '="Вопрос " & 1']]},
        refused=(("лист survey, строка 2, столбец C (label)", "формула"),),
    ),
    "spaces_in_multiple": Form(
        {
            "survey": [["type", "name", "label"], ["select_multiple a", "q", "Что?"]],
            "choices": [["list_name", "name", "label"], ["a", "two words", "Два"]],
        },
        refused=(("лист survey, строка 2, столбец A (type)", "two words"),),
    ),
    "bad_filter": Form(
        {
            "survey": [["type", "name", "label", "choice_filter"], ["select_one yn", "q", "Да?", "region = 'n'"]],
            "choices": YES_NO,
        },
        refused=(("лист survey, строка 2, столбец D (choice_filter)", "region"),),
    ),
    "entities": Form(
        {
            "survey": [["type", "name", "label", "save_to"], ["text", "q", "Дерево", "species"]],
            "entities": [["dataset", "label"], ["trees", "${q}"]],
        },
        refused=(("лист entities, строка 2", "удалите"),),
    ),
    "nothing_asked": Form(
        {"survey": [["type", "name", "label"], ["note", "n", "Только слова"]]},
        refused=(("лист survey, строка 1", "ни одного вопроса"),),
    ),
    "names_of_tags": Form(
        {"survey": [["type", "name", "label"], ["text", "<b>", "Вопрос"], ["text", "1a", "Ещё"]]},
        refused=(
            ("лист survey, строка 2, столбец B (name)", "начинается с буквы"),
            ("лист survey, строка 3, столбец B (name)", "начинается с буквы"),
        ),
    ),
    "too_many_rows": Form(
        {"survey": [["type", "name", "label"], *(["text", f"q{n}", "Вопрос"] for n in range(1_100))]},
        refused=(("лист survey, строка 1002", "больше 1000"),),
    ),
    "deep_groups": Form(
        {
            "survey": [
                ["type", "name", "label"],
                *(["begin_group", f"g{n}", "Группа"] for n in range(400)),
                ["text", "q", "Вопрос"],
                *(["end_group", None, None] for _ in range(400)),
            ]
        },
        refused=(("лист survey, строка 32, столбец A (type)", "глубже"),),
    ),
}
