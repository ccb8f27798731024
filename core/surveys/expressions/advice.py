"""What to do about a sign that no expression can have: the slips people make."""

import re

_SLIPS = {
    "==": "равенство пишется одним знаком: =",
    "=>": "«не меньше» пишется >=",
    "=<": "«не больше» пишется <=",
    "<>": "«не равно» пишется !=",
    "&&": "«и» пишется словом and",
    "||": "«или» пишется словом or",
    "&lt;": "вместо кода &lt; нужен сам знак: <",
    "&gt;": "вместо кода &gt; нужен сам знак: >",
    "&amp;": "вместо кода &amp; нужен сам знак; «и» пишется словом and",
    "&quot;": "вместо кода &quot; нужны сами кавычки: '…'",
    "&apos;": "вместо кода &apos; нужны сами кавычки: '…'",
    "&#39;": "вместо кода &#39; нужны сами кавычки: '…'",
    "&nbsp;": "вместо кода &nbsp; нужен пробел",
    "${last-saved#": "ответов прошлой анкеты здесь не взять; уберите ссылку или задайте вопрос ещё раз",
}
_EXPONENT = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]"
_PARENT = r"\.\."
SLIPS = re.compile("|".join([_EXPONENT, _PARENT, *map(re.escape, _SLIPS)]))
"""Signs that would be read as something else, or one by one."""

_STRAIGHT = "нужны прямые кавычки: '…'"
_MINUS = "нужен обычный минус: -"
_REFERENCE = "ссылка на вопрос пишется так: ${имя_вопроса}; в имени бывают буквы, цифры и знаки _ - ."
_ADVICE = {
    "'": "кавычка открыта, но не закрыта",
    '"': "кавычка открыта, но не закрыта",
    "$": _REFERENCE,
    "{": _REFERENCE,
    "}": _REFERENCE,
    "#": _REFERENCE,
    "&": "«и» пишется словом and",
    "|": "«или» пишется словом or",
    "!": "«не равно» пишется !=, отрицание — not(…)",
    "%": "остаток от деления пишется словом mod",
    "^": "степень пишется так: pow(число, степень)",
    ";": "значения в скобках разделяет запятая",
    ":": "путей к вопросам здесь нет: пишите ${имя_вопроса}",
    "@": "путей к вопросам здесь нет: пишите ${имя_вопроса}",
    "[": "отбор в квадратных скобках не поддерживается: напишите условие через if() или choice_filter",
    "]": "отбор в квадратных скобках не поддерживается: напишите условие через if() или choice_filter",
    **dict.fromkeys("«»“”„‘’‚`", _STRAIGHT),
    **dict.fromkeys("–—−‐‑", _MINUS),
    "×": "умножение пишется знаком *",
    "÷": "деление пишется словом div",
    "≤": "«не больше» пишется <=",
    "≥": "«не меньше» пишется >=",
    "≠": "«не равно» пишется !=",
}
_PATH = re.compile(r"[\w./:*@-]*")


def advice(source: str, place: int) -> str:
    """In Russian, about the sign at a place counted from 0."""
    sign = source[place]
    if sign in "/." and (path := _path(source, place)):
        return path
    slip = SLIPS.match(source, place)
    if slip is None:
        return _ADVICE.get(sign, f"непонятный знак «{sign}»")
    return _SLIPS.get(slip.group(), "число пишется цифрами целиком: 1000, а не 1e3")


def _path(source: str, place: int) -> str:
    """`/data/age` and `../age` name a question in other programs; a lone `/` was meant to divide."""
    match = _PATH.match(source, place)
    steps = [step for step in (match.group() if match else "").split("/") if step.strip(".")]
    name = steps[-1] if steps else "имя_вопроса"
    if source.startswith("..", place):
        return f"путей к вопросам здесь нет: пишите ${{{name}}}"
    if source[place] != "/":
        return ""
    return f"деление пишется словом div, а путей к вопросам здесь нет: пишите ${{{name}}}"
