"""Names of schools and kindergartens where they stand outside a column: titles, lines above and between the rows."""

import re

from core.importing.words import line, plain

LONGEST = 200
"""Characters of a line that can name an organisation."""
_LEGAL = (
    r"мбоу|мкоу|маоу|моу|мбдоу|мкдоу|мадоу|мдоу|гбоу|гкоу|гаоу|гоу|чоу|чдоу|ноу|мбу|мау|мку|гбу|гау|гку|"
    r"мбудо|маудо|мкудо|мбоудо|маоудо|доу|оу"
)
_KINDS = (
    r"сош|оош|нош|со[шщ]и|осш|всош|лице[йя]|гимнази[яи]|прогимнази[яи]|школ[аы]|школа-интернат|детск(?:ий|ого) сад[а]?|"
    r"д/ ?с|д/ ?сад|детсад|дс|црр|црр-дс|ддт|дютц|дюсш|сшор|сш|цдт|цдо|црто|ддю|дши|дмш|дхш|ппмс|цппмс|"
    r"дом (?:детск|творч|пионер)[а-я]*|двор[е]?ц|станция юн[а-я]*|интернат|кадетск[а-я]+|техникум|колледж|"
    r"центр (?:развити|образован|дополнит|творч|детск|внешкол)[а-я]*|учреждени[ея]"
)
_MARK = re.compile(rf"(?<![а-я])(?:{_LEGAL}|{_KINDS})(?![а-я])")
_ABOUT_PEOPLE = re.compile(
    r"(?<![а-я])(?:список|сведени|информац|отчет|о|об|в|по|педагог|учител|кадр|работник|сотрудник|директор|база|форма)[а-я]*"
)
_ABOUT = re.compile(
    r"(?:,? ?(?:по состоянию )?на \d{1,2}[.]|,? ?(?:по состоянию )?на (?:19|20)\d\d|,? ?(?:на|за|в) (?:начало |конец )?"
    r"(?:19|20)\d\d|,? ?по состоянию|,? ?\(?(?:19|20)\d\d ?[-/]|учебн).*$"
)
_GOVERNMENT = re.compile(
    r"управлени[ея] образован|комитет[а]? (?:по |)образован|отдел[а]? образован|департамент|министерств"
)
_GENERIC = re.compile(
    r"(?:лист|sheet|page|таблица|table|страница) ?\d{0,3}|\d{1,3}|педагоги|учителя|кадры|список|свод|данные|общий|все"
)
_NUMBERING = re.compile(r"^\d{1,3}[.)] +")


def named_in(text: str) -> str:
    """The organisation in a line such as «Сведения о кадрах МБОУ «СОШ № 5» на 01.09.2023»; '' without one."""
    one = _NUMBERING.sub("", line(text))
    if not one or len(one) > LONGEST or _GOVERNMENT.search(plain(one)):
        return ""
    seen = plain(one)
    if len(seen) != len(one):
        return ""
    found = _MARK.search(seen)
    if found is None:
        return ""
    end = _ABOUT.search(seen, found.end())
    start = found.start() if _ABOUT_PEOPLE.search(seen[: found.start()]) else 0
    return one[start : end.start() if end else len(one)].strip(" ,.:;-")


def of_title(title: str) -> str:
    """The organisation that a sheet's title names; '' for «Лист1» and «Педагоги»."""
    if _GENERIC.fullmatch(plain(title)):
        return ""
    return named_in(title)


def heads_rows(text: str) -> bool:
    """The line between rows is the name of an organisation and nothing else."""
    name = named_in(text)
    return bool(name) and len(name) >= len(line(text)) * 0.6


def organisation_key(name: str) -> str:
    """Names of one organisation have one key: «МБОУ «СОШ №5»», «СОШ 5», «Средняя общеобразовательная школа № 5»."""
    seen = re.sub(r"[«»\"“”„'().,]", " ", plain(name)).replace("№", " ")
    for long, short in _SHORTER:
        seen = long.sub(short, seen)
    words = [word for word in seen.split() if not _FORM.fullmatch(word)]
    return " ".join(words)


_SHORTER = tuple(
    (re.compile(long), short)
    for long, short in (
        (r"(?:муниципальн\w+|государственн\w+|бюджетн\w+|казенн\w+|автономн\w+|частн\w+) ", ""),
        (r"(?:дошкольн\w+ |обще)?образовательн\w+ (?:учрежден\w+|организац\w+)", " "),
        (r"средняя (?:общеобразовательная )?школа", "сош"),
        (r"основная (?:общеобразовательная )?школа", "оош"),
        (r"начальная (?:общеобразовательная )?школа", "нош"),
        (r"детский сад|детсад|д/ ?сад|д/ ?с\b|\bдс\b", "детский сад"),
        (r"(?:^|(?<= ))м?[бка]?доу(?= +\d)", "детский сад"),
        (r"учреждение (?:дополнительного образования)?", " "),
        (r"(?<=\d) (?=[а-я]\b)", ""),
    )
)
_FORM = re.compile(r"[мг][бка][д]?о?у|[мг]?[бка]?доу|оу|оо|до|дод|мбудо|мбоудо|маудо")
