"""The kinds of records that the registry keeps (SPEC §2), as data."""

from core.people.model import (
    Category,
    Education,
    Level,
    MentorState,
    OrganisationKind,
    PositionGroup,
    StudyForm,
    TrainingKind,
)
from core.registry.model import Area, Field, Kind, Owner, Type
from storage.models import (
    Association,
    Award,
    ExpertWork,
    MentorBankEntry,
    Organisation,
    Position,
    Programme,
    Subject,
    Teacher,
    TrainingRecord,
)

FIRST_YEAR = 1930
"""Nobody in the registry was born or began to work before."""
LAST_YEAR = 2100
MOST_HOURS = 5000
MOST_RATES = 4


def _day(name: str, *, required: bool = False) -> Field:
    return Field(name, Type.DATE, required=required, low=1950, high=LAST_YEAR)


def _year(name: str, *, required: bool = False) -> Field:
    return Field(name, Type.WHOLE, required=required, low=FIRST_YEAR, high=LAST_YEAR)


def _flag(name: str) -> Field:
    return Field(name, Type.FLAG)


TEACHER = Field("teacher_id", Type.RECORD, required=True, target="teachers", settled=True)
LEVEL = Field("level", Type.CHOICE, required=True, choices=Level)
HOURS = Field("hours", Type.WHOLE, low=1, high=MOST_HOURS)
TRAINING_KIND = Field("kind", Type.CHOICE, required=True, choices=TrainingKind)
ATTESTATION = (
    Field("category", Type.CHOICE, required=True, choices=Category),
    _day("category_date"),
    _day("attestation_planned_on"),
)
COURSE_MARKS = (_flag("federal_register"), _flag("ict"), _flag("management_team"))

ORGANISATIONS = Kind(
    "organisations",
    "organisation",
    Organisation,
    Owner.MUNICIPALITY,
    (
        Field("name", Type.LINES, required=True, longest=300),
        Field("short_name", Type.TEXT, required=True, longest=120),
        Field("kind", Type.CHOICE, required=True, choices=OrganisationKind),
        _flag("rural"),
    ),
    coded=True,
)
ASSOCIATIONS = Kind(
    "associations",
    "association",
    Association,
    Owner.MUNICIPALITY,
    (Field("name", Type.LINES, required=True, longest=300),),
    coded=True,
)
TEACHERS = Kind(
    "teachers",
    "teacher",
    Teacher,
    Owner.MUNICIPALITY,
    (
        Field("surname", Type.TEXT, required=True, longest=80),
        Field("given_name", Type.TEXT, required=True, longest=80),
        Field("patronymic", Type.TEXT, longest=80),
        # Another organisation is a move (core.moves), which is remembered.
        Field("organisation_id", Type.RECORD, required=True, target="organisations", settled=True),
        Field("position_id", Type.RECORD, required=True, target="positions"),
        _flag("is_management"),
        Field("subjects", Type.RECORDS, target="subjects"),
        Field("workload", Type.DECIMAL, low=0, high=MOST_RATES),
        _year("birth_year"),
        _year("first_work_year"),
        _year("total_first_year"),
        Field("education", Type.CHOICE, choices=Education),
        *ATTESTATION,
    ),
)
POSITIONS = Kind(
    "positions",
    "position",
    Position,
    Owner.EVERYBODY,
    (
        Field("title", Type.TEXT, required=True, longest=160),
        Field("group", Type.CHOICE, required=True, choices=PositionGroup),
    ),
    coded=True,
)
SUBJECTS = Kind(
    "subjects",
    "subject",
    Subject,
    Owner.EVERYBODY,
    (Field("title", Type.TEXT, required=True, longest=160),),
    coded=True,
)
TRAINING = Kind(
    "training",
    "training",
    TrainingRecord,
    Owner.TEACHER,
    (
        TEACHER,
        Field("programme", Type.LINES, required=True, longest=500),
        Field("provider", Type.TEXT, required=True, longest=300),
        TRAINING_KIND,
        HOURS,
        _day("started_on"),
        _day("finished_on", required=True),
        *COURSE_MARKS,
    ),
)
ATTESTATIONS = Kind("attestation", "teacher", Teacher, Owner.MUNICIPALITY, ATTESTATION, view=True)
AWARDS = Kind(
    "awards",
    "award",
    Award,
    Owner.TEACHER,
    (TEACHER, Field("title", Type.LINES, required=True, longest=300), LEVEL, _day("given_on")),
)
EXPERT_WORK = Kind(
    "expert_work",
    "expert_work",
    ExpertWork,
    Owner.TEACHER,
    (TEACHER, Field("title", Type.LINES, required=True, longest=300), LEVEL, _day("done_on", required=True)),
)
MENTOR_BANK = Kind(
    "mentor_bank",
    "mentor",
    MentorBankEntry,
    Owner.TEACHER,
    (
        TEACHER,
        Field("year", Type.WHOLE, required=True, low=2000, high=LAST_YEAR),
        Field("state", Type.CHOICE, required=True, choices=MentorState),
    ),
)
PROGRAMMES = Kind(
    "programmes",
    "programme",
    Programme,
    Owner.MUNICIPALITY,
    (
        Field("title", Type.LINES, required=True, longest=500),
        Field("provider", Type.TEXT, required=True, longest=300),
        TRAINING_KIND,
        Field("form", Type.CHOICE, required=True, choices=StudyForm),
        HOURS,
        Field("areas", Type.CODES, choices=Area),
        *COURSE_MARKS,
    ),
)
ALL = (
    TEACHERS,
    ORGANISATIONS,
    ASSOCIATIONS,
    TRAINING,
    ATTESTATIONS,
    AWARDS,
    EXPERT_WORK,
    MENTOR_BANK,
    PROGRAMMES,
    POSITIONS,
    SUBJECTS,
)
BY_CODE = {kind.code: kind for kind in ALL}
