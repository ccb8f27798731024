"""Forms in several languages: which one is put to people, and what is missing in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.surveys.xlsform.places import Column, Findings

UNNAMED = "без названия"
"""What a language is called whose columns name none."""
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3})(?:[-_][A-Za-z]+)?\s*\)\s*$")
_RUSSIAN = frozenset({"русский", "русский язык", "по-русски", "russian", "russe", "ruso", "ru", "rus"})
_SHOWN = 12
"""Rows that a notice lists."""


@dataclass(slots=True)
class Languages:
    """`chosen` and `default` are as the headings write them; '' is what columns without a language hold."""

    chosen: str
    default: str
    _missing: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def pick(self, options: Mapping[str, int]) -> int:
        """The column to read, by language, with another language where the chosen one is empty."""
        for language in (self.chosen, self.default, ""):
            if language in options:
                return options[language]
        return next(iter(options.values()))

    def note(self, findings: Findings, sheet: str, row: int, column: Column, language: str) -> None:
        """Remembers where another language had to do. `findings` gets it from `finish`."""
        if language != self.chosen and not (language == "" and self.chosen == self.default):
            self._missing.setdefault((sheet, str(column)), []).append(row)

    def finish(self, findings: Findings) -> None:
        for (sheet, column), rows in self._missing.items():
            listed = ", ".join(str(row) for row in rows[:_SHOWN]) + (" и далее" if len(rows) > _SHOWN else "")
            findings.notice(
                f"лист {sheet}, строка {rows[0]}, {column}",
                f"нет текста на языке «{self.chosen or UNNAMED}», взят отсюда; строки: {listed}",
            )


def named(found: Sequence[str], default: str) -> tuple[str, ...]:
    """Languages to choose from, by the names people see; none when the form does not speak of languages."""
    if not any(found):
        return ()
    names = [language or default or UNNAMED for language in found]
    return tuple(dict.fromkeys(names))


def choose(found: Sequence[str], wanted: str | None, default: str) -> str:
    """The one asked for, else Russian, else the form's default, else the first; as the headings write it."""
    if wanted is not None:
        for language in found:
            if (language or default or UNNAMED) == wanted:
                return language
    for language in found:
        if is_russian(language or default):
            return language
    if default in found:
        return default
    return "" if "" in found else next(iter(found), "")


def is_russian(language: str) -> bool:
    """By its code in brackets, else by its name."""
    code = _CODE.search(language)
    if code is not None:
        return code[1].lower() in {"ru", "rus"}
    return language.strip().casefold() in _RUSSIAN
