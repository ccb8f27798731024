"""What the list of each kind shows and what it can be narrowed by; pure data, the words are the edges'."""

from dataclasses import dataclass

from core.people.model import (
    Category,
    Level,
    MentorState,
    OrganisationKind,
    PositionGroup,
    StudyForm,
    TrainingKind,
)
from core.registry.model import Area, Choices, Kind, Type


@dataclass(frozen=True, slots=True)
class Column:
    """`type` says what a cell holds: TEXT also for the name of another record, CHOICE a code out of `choices`.

    RECORDS is a list of names, CODES one of codes.
    """

    name: str
    type: Type = Type.TEXT
    sortable: bool = True
    choices: Choices | None = None

    @property
    def numeric(self) -> bool:
        return self.type in {Type.WHOLE, Type.DECIMAL}


@dataclass(frozen=True, slots=True)
class Filter:
    """CHOICE: a code out of `choices`; RECORD: an id of `target`; FLAG: "yes" or "no"; WHOLE: a number in figures."""

    name: str
    type: Type
    choices: Choices | None = None
    target: str = ""


def _choice(name: str, choices: Choices) -> Column:
    return Column(name, Type.CHOICE, choices=choices)


def _flag(name: str) -> Column:
    return Column(name, Type.FLAG)


def _count(name: str) -> Column:
    return Column(name, Type.WHOLE, sortable=False)


PLACE = (Column("organisation"), Column("position"))
OWNER = (Column("teacher"), Column("organisation"))
COURSE = (_flag("federal_register"), _flag("ict"), _flag("management_team"))
COLUMNS = {
    "teachers": (
        Column("name"),
        *PLACE,
        Column("subjects", Type.RECORDS, sortable=False),
        Column("years", Type.WHOLE),
        _choice("category", Category),
        Column("joined", Type.FLAG, sortable=False),
    ),
    "organisations": (
        Column("name"),
        Column("short_name", sortable=False),
        _choice("kind", OrganisationKind),
        _flag("rural"),
        _count("people"),
    ),
    "associations": (Column("name"), Column("leader"), _count("members")),
    "positions": (Column("title"), _choice("group", PositionGroup)),
    "subjects": (Column("title"),),
    "training": (
        *OWNER,
        Column("programme", sortable=False),
        Column("provider", sortable=False),
        _choice("kind", TrainingKind),
        Column("hours", Type.WHOLE),
        Column("finished_on", Type.DATE),
    ),
    "attestation": (
        Column("name"),
        *PLACE,
        _choice("category", Category),
        Column("category_date", Type.DATE),
        Column("ends_on", Type.DATE),
        Column("attestation_planned_on", Type.DATE),
    ),
    "awards": (*OWNER, Column("title", sortable=False), _choice("level", Level), Column("given_on", Type.DATE)),
    "expert_work": (*OWNER, Column("title", sortable=False), _choice("level", Level), Column("done_on", Type.DATE)),
    "mentor_bank": (*OWNER, Column("year", Type.WHOLE), _choice("state", MentorState)),
    "programmes": (
        Column("title"),
        Column("provider", sortable=False),
        _choice("kind", TrainingKind),
        _choice("form", StudyForm),
        Column("hours", Type.WHOLE),
        Column("areas", Type.CODES, sortable=False, choices=Area),
        *COURSE,
    ),
}
"""By code of the kind."""


def _one_of(name: str, choices: Choices) -> Filter:
    return Filter(name, Type.CHOICE, choices=choices)


def _record(name: str, target: str) -> Filter:
    return Filter(name, Type.RECORD, target=target)


def _yes_no(name: str) -> Filter:
    return Filter(name, Type.FLAG)


IN_PLACE = (_record("organisation_id", "organisations"), _one_of("organisation_kind", OrganisationKind))
OF_POST = (_record("position_id", "positions"), _one_of("position_group", PositionGroup))
OF_CATEGORY = (_one_of("category", Category), Filter("ends_within", Type.WHOLE))
OF_TEACHER = (_record("teacher_id", "teachers"), *IN_PLACE)
OF_COURSE = (_yes_no("federal_register"), _yes_no("ict"), _yes_no("management_team"))
YEAR = Filter("year", Type.WHOLE)
FILTERS = {
    "teachers": (
        *IN_PLACE,
        *OF_POST,
        _record("subject_id", "subjects"),
        _record("association_id", "associations"),
        *OF_CATEGORY,
        _yes_no("young"),
        _yes_no("is_management"),
        _yes_no("joined"),
    ),
    "organisations": (_one_of("kind", OrganisationKind), _yes_no("rural")),
    "associations": (),
    "positions": (_one_of("group", PositionGroup),),
    "subjects": (),
    "training": (*OF_TEACHER, _one_of("kind", TrainingKind), YEAR, *OF_COURSE),
    "attestation": (*IN_PLACE, *OF_POST, *OF_CATEGORY, _yes_no("planned")),
    "awards": (*OF_TEACHER, _one_of("level", Level), YEAR),
    "expert_work": (*OF_TEACHER, _one_of("level", Level), YEAR),
    "mentor_bank": (*OF_TEACHER, YEAR, _one_of("state", MentorState)),
    "programmes": (_one_of("kind", TrainingKind), _one_of("form", StudyForm), _one_of("area", Area), *OF_COURSE),
}
"""By code of the kind."""


def columns_of(kind: Kind) -> tuple[Column, ...]:
    return COLUMNS[kind.code]


def filters_of(kind: Kind) -> tuple[Filter, ...]:
    return FILTERS[kind.code]
