"""A person's name in any case and order of words → surname, given name, patronymic."""

import re
from dataclasses import dataclass

from core.importing.findings import Found, Unreadable
from core.importing.words import has_foreign, line, mended, shown

LONGEST = 80
"""Letters of each part of a name; the registry keeps no longer ones."""
_BRACKETS = re.compile(r"\([^()]{0,100}\)?")
_PART_TIME = re.compile(r"[, -]{0,3}(?:(?:внутр|внеш)[а-я]{0,6}\.? ?)?совм(?:ест[а-я]{0,8})?\.?$", re.IGNORECASE)
_NUMBERING = re.compile(r"^\d{1,5}[.)]? ?")
_ALLOWED = re.compile(r"[А-ЯЁа-яёA-Za-z](?:[А-ЯЁа-яёA-Za-z'’.-]{0,79})")
_INITIALS = re.compile(r"([А-ЯЁA-Z])\.? ?(?:([А-ЯЁA-Z])\.?)?$")
_INITIALS_FIRST = re.compile(r"^([А-ЯЁA-Z])\. ?(?:([А-ЯЁA-Z])\. ?)?(?=[А-ЯЁA-Z][а-яёa-z])")
_PARTICLES = frozenset({"оглы", "оглу", "кызы", "кизи", "гызы", "улы", "углы"})
_PATRONYMIC = re.compile(r"(?:вич|вна|ична|инична|ьич|мич|кич|тич|нич)$")
_PARTS = re.compile(r"([-'’ ])")
_HELP = "Напишите фамилию, имя и отчество полностью"


@dataclass(frozen=True, slots=True)
class Name:
    """`patronymic` is None when the file has none; initials stay as «А.»."""

    surname: str
    given_name: str
    patronymic: str | None

    @property
    def has_initials(self) -> bool:
        return self.given_name.endswith(".")


def read_name(text: str) -> Found[Name]:
    """Out of one cell. Raises Unreadable when it is no name or only a part of one."""
    bare, remarks = _bare(text)
    name = _with_initials(bare) or _of_words(bare, text)
    _check(name, text)
    if name.has_initials:
        remarks.append(f"{shown(text)}: вместо имени инициалы; человек найдётся, если он такой один. {_HELP}")
    return Found(name, ". ".join(remarks))


def read_parts(surname: str, given_name: str, patronymic: str) -> Found[Name]:
    """Out of three cells. Raises Unreadable."""
    whole = line(f"{surname} {given_name} {patronymic}")
    cleaned = [_bare(part) for part in (surname, given_name, patronymic)]
    parts = [bare for bare, _ in cleaned]
    if not parts[0] or not parts[1]:
        raise Unreadable(f"{shown(whole)}: нет {'фамилии' if not parts[0] else 'имени'}. {_HELP}")
    name = Name(_cased(parts[0]), _cased(parts[1]), _patronymic(parts[2].split()))
    _check(name, whole)
    remarks = [remark for _, noted in cleaned for remark in noted]
    return Found(name, ". ".join(remarks))


def looks_like_name(text: str) -> bool:
    """The cell can be a person's name; nothing is raised."""
    try:
        read_name(text)
    except Unreadable:
        return False
    return True


def _bare(text: str) -> tuple[str, list[str]]:
    """Without numbering, brackets and letters of another alphabet, with remarks about what was changed."""
    written = _NUMBERING.sub("", line(text))
    remarks: list[str] = []
    bare = _PART_TIME.sub("", line(_BRACKETS.sub(" ", written))).strip(" ,;*")
    if bare != written.strip(" ,;*"):
        remarks.append(f"{shown(text)}: загружено только имя, остальное нет")
    russian = mended(bare)
    if russian != bare:
        remarks.append(f"{shown(text)}: латинские буквы заменены похожими русскими")
    elif has_foreign(russian):
        remarks.append(f"{shown(text)}: имя написано латинскими буквами, проверьте его")
    return russian, remarks


def _with_initials(text: str) -> Name | None:
    """«Примерова А. Б.» or «А.Б. Примерова»."""
    if ahead := _INITIALS_FIRST.match(text):
        rest = text[ahead.end() :]
        return None if " " in rest else _initialled(rest, ahead[1], ahead[2])
    surname, _, rest = text.partition(" ")
    behind = _INITIALS.match(rest)
    return _initialled(surname, behind[1], behind[2]) if behind else None


def _initialled(surname: str, first: str, second: str | None) -> Name:
    return Name(_cased(surname), f"{first.upper()}.", f"{second.upper()}." if second else None)


def _of_words(bare: str, text: str) -> Name:
    words = bare.replace(" - ", "-").replace(",", " ").split()
    if len(words) < 2:
        raise Unreadable(f"{shown(text)}: здесь не имя человека целиком. {_HELP}")
    if len(words) == 3 and _PATRONYMIC.search(words[1].lower()) and not _PATRONYMIC.search(words[2].lower()):
        words = [words[2], words[0], words[1]]
    if len(words) - sum(word.lower() in _PARTICLES for word in words) > 3:
        raise Unreadable(f"{shown(text)}: в имени больше трёх слов. Оставьте фамилию, имя и отчество")
    return Name(_cased(words[0]), _cased(words[1]), _patronymic(words[2:]))


def _patronymic(words: list[str]) -> str | None:
    """Particles stay small: «Гасан оглы», «Али-кызы»."""
    cased = [
        "".join(part.lower() if part.lower() in _PARTICLES else part for part in _PARTS.split(_cased(word)))
        for word in words
    ]
    spelt = " ".join(cased)
    return spelt if spelt.strip("-. ") else None


def _cased(word: str) -> str:
    """«ПРИМЕРОВА-ОБРАЗЦОВА» → «Примерова-Образцова»."""
    return "".join(_capital(part) for part in _PARTS.split(word.strip()))


def _capital(part: str) -> str:
    return part[:1].upper() + part[1:].lower()


def _check(name: Name, text: str) -> None:
    for part in (name.surname, name.given_name, *(name.patronymic or "А").split()):
        if any(not _ALLOWED.fullmatch(word) for word in part.split()) or not part:
            raise Unreadable(f"{shown(text)}: в имени есть знаки, которых в именах не бывает. {_HELP}")
    if max(len(name.surname), len(name.given_name), len(name.patronymic or "")) > LONGEST:
        raise Unreadable(f"{shown(text)}: имя длиннее {LONGEST} букв. {_HELP}")
