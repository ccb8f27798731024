"""Whether the parts of a profile agree with each other; pure rules over a profile already well-formed."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from core.people.model import Category
from core.profiles.model import Profile
from core.profiles.plan import Measure
from core.profiles.problems import Location, Problem
from core.profiles.reference import Reference


def inconsistencies(profile: Profile) -> Iterator[Problem]:
    """Every disagreement within the profile."""
    yield from _repeated(profile)
    yield from _unknown_codes(profile)
    yield from _staff(profile)
    yield from _categories(profile)
    yield from _bands(profile)
    yield from _plan(profile)
    for index, target in enumerate(profile.targets):
        total = sum(part.value for part in target.parts)
        if total > target.value:
            params = {"sum": total, "total": target.value}
            yield Problem("parts_sum", ("targets", index, "parts"), params=params)


def unknown_references(profile: Profile, reference: Reference) -> Iterator[Problem]:
    """Codes of positions and subjects that the common reference does not have."""
    positions = {position.code for position in reference.positions}
    subjects = {subject.code for subject in reference.subjects}
    for index, association in enumerate(profile.associations):
        for field, codes, known in (
            ("positions", association.members.positions, positions),
            ("subjects", association.members.subjects, subjects),
        ):
            yield from _strangers(codes, known, ("associations", index, "members", field), "unknown_reference")


def repeated_codes(codes: Iterable[str], location: Location, field: str = "code") -> Iterator[Problem]:
    """Codes of a list that stand there more than once."""
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code in seen:
            yield Problem("repeated", (*location, index, field), params={"code": code})
        seen.add(code)


def _repeated(profile: Profile) -> Iterator[Problem]:
    yield from repeated_codes((each.code for each in profile.documents), ("documents",))
    yield from repeated_codes((each.code for each in profile.organisations), ("organisations",))
    yield from repeated_codes((each.code for each in profile.associations), ("associations",))
    yield from repeated_codes((each.code for each in profile.indicators), ("indicators",))
    yield from repeated_codes((each.indicator for each in profile.targets), ("targets",), "indicator")
    sources = profile.settings.diagnosis_sources
    yield from repeated_codes((each.code for each in sources), ("settings", "diagnosis_sources"))


def _strangers(
    codes: Iterable[str], known: set[str], location: Location, reason: str = "unknown_code"
) -> Iterator[Problem]:
    for index, code in enumerate(codes):
        if code not in known:
            yield Problem(reason, (*location, index), params={"code": code})


def _unknown_codes(profile: Profile) -> Iterator[Problem]:
    documents = {document.code for document in profile.documents}
    monitored = {indicator.code for indicator in profile.indicators}
    for index, indicator in enumerate(profile.indicators):
        if indicator.document is not None and indicator.document not in documents:
            yield Problem("unknown_code", ("indicators", index, "document"), params={"code": indicator.document})
    for index, target in enumerate(profile.targets):
        if target.indicator not in monitored:
            yield Problem("unknown_code", ("targets", index, "indicator"), params={"code": target.indicator})
    if profile.plan and profile.plan.document not in documents:
        yield Problem("unknown_code", ("plan", "document"), params={"code": profile.plan.document})


def _staff(profile: Profile) -> Iterator[Problem]:
    staff = profile.staff
    if staff is None:
        return
    kinds = staff.by_kind.values()
    for field, total, parts in (
        ("teachers", staff.teachers, sum(kind.teachers for kind in kinds)),
        ("managers", staff.managers, sum(kind.managers for kind in kinds)),
    ):
        if total != parts:
            yield Problem("sum_mismatch", ("staff", field), params={"sum": parts, "total": total})
    for kind in sorted({each.kind for each in profile.organisations} - set(staff.by_kind)):
        yield Problem("kind_missing", ("staff", "by_kind"), params={"kind": kind.value})
    for kind, numbers in staff.by_kind.items():
        if kind not in {each.kind for each in profile.organisations}:
            yield Problem("kind_empty", ("staff", "by_kind", kind.value), params={"kind": kind.value})
        people = numbers.teachers + numbers.managers
        if numbers.higher_education > people:
            params = {"count": numbers.higher_education, "total": people}
            yield Problem("too_many", ("staff", "by_kind", kind.value, "higher_education"), params=params)


def _categories(profile: Profile) -> Iterator[Problem]:
    categories, staff = profile.categories, profile.staff
    if categories is None:
        return
    if Category.NONE in categories.counts:
        yield Problem("category_none", ("categories", "counts", Category.NONE.value))
    count = sum(each.count for each in categories.counts.values())
    if staff and count > staff.teachers + staff.managers:
        params = {"count": count, "total": staff.teachers + staff.managers}
        yield Problem("too_many", ("categories", "counts"), params=params)


def _bands(profile: Profile) -> Iterator[Problem]:
    bands = profile.settings.deficit_bands
    if not bands.minimal < bands.medium < bands.high:
        yield Problem("bands", ("settings", "deficit_bands"))


def _plan(profile: Profile) -> Iterator[Problem]:
    if profile.plan is None:
        return
    yield from repeated_codes((str(each.number) for each in profile.plan.sections), ("plan", "sections"), "number")
    for place, section in enumerate(profile.plan.sections):
        location: Location = ("plan", "sections", place, "measures")
        yield from repeated_codes((measure.number for measure in section.measures), location, "number")
        for index, measure in enumerate(section.measures):
            if measure.number.split(".")[0] != str(section.number):
                params = {"number": measure.number, "section": section.number}
                yield Problem("section_number", (*location, index, "number"), params=params)
            yield from _measure(profile, measure, (*location, index))


def _measure(profile: Profile, measure: Measure, location: Location) -> Iterator[Problem]:
    organisations = {organisation.code for organisation in profile.organisations}
    monitored = {indicator.code for indicator in profile.indicators}
    yield from _strangers(measure.indicators, monitored, (*location, "indicators"))
    yield from _strangers(measure.hosts, organisations, (*location, "hosts"))
    yield from _order(measure.dates, (*location, "dates"))
    if measure.span and measure.span.end < measure.span.start:
        yield Problem("order", (*location, "span"))
    for index, item in enumerate(measure.items):
        yield from _strangers(item.hosts, organisations, (*location, "items", index, "hosts"))
        yield from _order(item.dates, (*location, "items", index, "dates"))


def _order(dates: tuple[date, ...], location: Location) -> Iterator[Problem]:
    if any(later <= earlier for earlier, later in pairwise(dates)):
        yield Problem("order", location)
