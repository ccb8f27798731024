"""Functions that other programs have and a chat has not, with what to do instead."""

from difflib import get_close_matches

from core.surveys.expressions.functions import FUNCTIONS
from core.surveys.expressions.special import SPECIAL

_REPEATS = "повторов в чате нет; задайте вопросы по отдельности и назовите их: ${имя_вопроса}"
_TABLES = "внешних таблиц у анкеты нет; перенесите варианты на лист choices, а отбор — в choice_filter"
_PATHS = "путей к вопросам здесь нет; пишите ${имя_вопроса}"
_CHANCE = "анкета должна идти у всех одинаково, поэтому случайных значений в ней нет; уберите это действие"
_PLACES = "координат чат не собирает; спросите название места"
_SECRETS = "шифров и отпечатков здесь нет; ответы и так защищены видом анкеты: named, confidential, anonymous"
_DEVICE = "сведений об устройстве и о файле у анкеты нет; уберите это действие"

REFUSED: dict[str, str] = {
    **dict.fromkeys(("position", "indexed-repeat", "last"), _REPEATS),
    "count": "повторов в чате нет; число выбранных вариантов — count-selected(${вопрос}), "
    "число ответов — count-non-empty(${первый}, ${второй})",
    **dict.fromkeys(("pulldata", "pull-data", "instance", "search", "lookup"), _TABLES),
    **dict.fromkeys(("current", "id", "name", "local-name", "namespace-uri", "node", "text"), _PATHS),
    **dict.fromkeys(("random", "uuid", "randomize"), _CHANCE),
    **dict.fromkeys(("distance", "area", "enclosed-area", "geofence", "intersects"), _PLACES),
    **dict.fromkeys(("digest", "base64-decode", "base64-encode", "extract-signed"), _SECRETS),
    **dict.fromkeys(("property", "version", "lang", "device-id"), _DEVICE),
    "depend": "порядок вычислений находится сам; оставьте только первое значение",
    "jr:itext": "переводы берутся со столбцов вида label::Русский (ru); сошлитесь на вопрос: ${имя_вопроса}",
    "upper-case": "перевести буквы в прописные можно так: translate(${вопрос}, 'абв', 'АБВ')",
    "lower-case": "перевести буквы в строчные можно так: translate(${вопрос}, 'АБВ', 'абв')",
    "matches": "соответствие образцу проверяет regex(${вопрос}, 'образец')",
    "replace": "заменить знаки можно так: translate(${вопрос}, 'старые', 'новые')",
    "avg": "среднее считается так: sum(${первый}, ${второй}) div 2",
}

_RUSSIAN = {"если": "if", "и": "and", "или": "or", "не": "not", "сумма": "sum", "дата": "date", "сегодня": "today"}


def unknown(name: str) -> str:
    """Why a function cannot be called, and what to do."""
    if name in REFUSED:
        return f"{name}(): {REFUSED[name]}"
    if not name.isascii():
        known = _RUSSIAN.get(name.lower())
        return "названия действий пишутся латинскими буквами" + (f": {known}" if known else "")
    close = get_close_matches(name.lower(), [*FUNCTIONS, *SPECIAL], n=1)
    hint = f"возможно, {close[0]}()" if close else "известны действия из справочника ODK «Form Operators and Functions»"
    return f"действия {name}() здесь нет; {hint}"
