"""A municipality as data (SPEC, table of profiles): what `profiles/<code>.yaml` may say.

`source` everywhere names the place in the municipality's own document that the fact stands in.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from core.people.model import Category, OrganisationKind
from core.profiles.fields import Code, Count, IndicatorCode, MonthDay, Number, Part, Percent, Text, Year
from core.profiles.plan import Plan, Unit
from core.profiles.settings import ProfileSettings


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise PydanticCustomError("timezone", "unknown time zone") from None
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]


class Name(Part):
    """The municipality's name in the cases that documents need."""

    full: Text
    genitive: Text
    dative: Text
    prepositional: Text
    short: Text
    place: Text
    place_genitive: Text
    source: Text | None = None


class Region(Part):
    name: Text
    genitive: Text
    source: Text | None = None


class Words(Part):
    """How this municipality calls things; texts of bot, admin and documents take them from here."""

    association_short: Text
    association_full: Text
    association_genitive: Text
    association_plural: Text
    association_plural_genitive: Text
    methodical_service: Text
    methodical_service_genitive: Text
    regional_institute: Text
    regional_institute_full: Text
    regional_centre: Text | None = None
    regional_centre_full: Text | None = None
    federal_academy: Text | None = None
    authority: Text
    authority_genitive: Text
    authority_short: Text
    council: Text | None = None
    council_genitive: Text | None = None
    source: Text | None = None


class DemandingDocument(Part):
    """A regulation, plan or order that the profile rests on."""

    code: Code
    title: Text
    short_title: Text
    approval: Text | None = None
    number: Text | None = None
    date: date | None
    demanding: bool = False
    """Whether this is a document that demands the indicators."""
    source: Text


class Goals(Part):
    main: Text
    tasks: tuple[Text, ...] = ()
    priorities: tuple[Text, ...] = ()
    source: Text


class Period(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    SCHOOL_YEAR = "school_year"
    YEAR = "year"


class Control(Part):
    """Who looks at the results, and how often."""

    text: Text
    period: Period
    source: Text


class Body(Part):
    """A council or school of the municipality that takes part in the work."""

    name: Text
    purpose: Text
    source: Text


class Variant(StrEnum):
    """What sets an organisation apart from others of its kind: it has other positions."""

    PRIMARY = "primary"
    """A school without grades 5 to 11, often with a kindergarten."""
    SPORTS = "sports"


class Organisation(Part):
    code: Code
    kind: OrganisationKind
    full_name: Text
    short_name: Text
    units: tuple[Text, ...] = ()
    """Structural units that are no organisations of their own."""
    variant: Variant | None = None
    rural: bool = False
    source: Text


class KindStaff(Part):
    """Staff of one kind of organisation; shares and rates in per cent as the source gives them."""

    teachers: Count
    managers: Count
    higher_education: Count
    """People with higher education among teachers and managers together."""
    higher_education_share: Percent
    staffing_rate: Percent


class Staff(Part):
    as_of: date
    teachers: Count
    managers: Count
    staffing_rate: Percent
    by_kind: dict[OrganisationKind, KindStaff]
    source: Text


class CategoryCount(Part):
    count: Count
    share: Percent


class Categories(Part):
    """How many hold which qualification category."""

    as_of: date
    counts: dict[Category, CategoryCount]
    includes_teaching_managers: bool
    includes_part_timers: bool
    source: Text


class Baseline(Part):
    """A value of an earlier period that the source names."""

    indicator: IndicatorCode
    year: Year
    count: Count
    share: Percent | None = None
    text: Text
    source: Text


class AssociationGroup(StrEnum):
    SUBJECT = "subject"
    TOPIC = "topic"
    PRESCHOOL = "preschool"
    SUPPLEMENTARY = "supplementary"
    CLASS_TEACHERS = "class_teachers"
    SPECIALISTS = "specialists"


class Members(Part):
    """Whom an association unites: codes of `profiles/reference.yaml`; an empty list is no condition."""

    kinds: tuple[OrganisationKind, ...] = ()
    positions: tuple[Code, ...] = ()
    subjects: tuple[Code, ...] = ()
    voluntary: bool = False


class Association(Part):
    code: Code
    group: AssociationGroup
    name: Text
    named_by_source: bool
    members: Members = Members()
    source: Text


class TargetPart(Part):
    code: Code
    title: Text
    value: Number


class Target(Part):
    """What an indicator should reach by the end of the plan's year; reached from `value` upwards."""

    indicator: IndicatorCode
    title: Text
    value: Number
    unit: Unit
    wording: Text
    parts: tuple[TargetPart, ...] = ()
    source: Text


class MonitoredIndicator(Part):
    """An indicator of SPEC §12 that this municipality watches."""

    code: IndicatorCode
    demanded: bool
    document: Code | None = None
    period: Period
    due: MonthDay | None = None
    """Day of every year (MM-DD) by which the value of the ended period must be there."""
    wording: Text | None = None
    """Period and term in the words of the source, where they say more than `period` and `due`."""
    source: Text | None = None

    def due_on(self, year: int) -> date | None:
        """The day it is due in that year."""
        return date(year, int(self.due[:2]), int(self.due[3:])) if self.due else None


class Profile(Part):
    """Everything the program knows about one municipality before anybody joined."""

    format: Literal[1]
    code: Code
    plan_year: Year
    timezone: TimeZone
    name: Name
    region: Region
    words: Words
    documents: tuple[DemandingDocument, ...] = Field(min_length=1)
    goals: Goals
    control: Control | None = None
    bodies: tuple[Body, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    staff: Staff | None = None
    categories: Categories | None = None
    baseline: tuple[Baseline, ...] = ()
    associations: tuple[Association, ...] = ()
    targets: tuple[Target, ...] = ()
    indicators: tuple[MonitoredIndicator, ...] = Field(min_length=1)
    settings: ProfileSettings
    plan: Plan | None = None

    @property
    def demanding_document(self) -> DemandingDocument:
        """The document that demands the work: the first one marked so, else the first."""
        return next((document for document in self.documents if document.demanding), self.documents[0])

    def organisation(self, code: str) -> Organisation:
        """Raises KeyError when the profile has no such organisation."""
        return _by_code(self.organisations, code)

    def target(self, indicator: str) -> Target | None:
        return next((target for target in self.targets if target.indicator == indicator), None)

    def indicator(self, code: str) -> MonitoredIndicator | None:
        return next((indicator for indicator in self.indicators if indicator.code == code), None)


def _by_code(organisations: tuple[Organisation, ...], code: str) -> Organisation:
    for organisation in organisations:
        if organisation.code == code:
            return organisation
    raise KeyError(code)


class ProfileSummary(Part):
    """What a list of profiles shows."""

    code: Code
    name: Text
    region: Text
    timezone: TimeZone
    organisations: Count
