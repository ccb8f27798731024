"""From a file of `profiles/` to a checked model, or to a list of what to mend and where."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from core.profiles.consistency import inconsistencies, repeated_codes, unknown_references
from core.profiles.model import Profile, ProfileSummary
from core.profiles.problems import Location, Problem, ProfileError
from core.profiles.reference import Reference
from core.profiles.yaml_tree import YamlTree

REFERENCE_FILE = "reference.yaml"
M = TypeVar("M", bound=BaseModel)


def load_profile(path: Path) -> Profile:
    """The profile in that file, checked against itself and the reference that lies beside it.

    Raises ProfileError, which names every problem with its line.
    """
    tree = YamlTree(path)
    profile = _validated(tree, Profile)
    _raise_if(tree, inconsistencies(profile))
    if profile.associations:
        _raise_if(tree, unknown_references(profile, load_reference(path.with_name(REFERENCE_FILE))))
    return profile


def load_reference(path: Path) -> Reference:
    """Positions and subjects. Raises ProfileError."""
    tree = YamlTree(path)
    reference = _validated(tree, Reference)
    _raise_if(tree, repeated_codes((each.code for each in reference.positions), ("positions",)))
    _raise_if(tree, repeated_codes((each.code for each in reference.subjects), ("subjects",)))
    return reference


def available_profiles(folder: Path) -> list[ProfileSummary]:
    """All profiles of a folder, by code. One broken file fails the list, with its name and line.

    Raises ProfileError.
    """
    if not folder.is_dir():
        raise ProfileError(folder, [Problem("no_folder")])
    paths = [path for path in folder.glob("*.yaml") if path.name != REFERENCE_FILE]
    return sorted((_summary(load_profile(path)) for path in paths), key=lambda summary: summary.code)


def _summary(profile: Profile) -> ProfileSummary:
    return ProfileSummary(
        code=profile.code,
        name=profile.name.full,
        region=profile.region.name,
        timezone=profile.timezone,
        organisations=len(profile.organisations),
    )


def _validated(tree: YamlTree, model: type[M]) -> M:
    try:
        return model.model_validate(tree.data)
    except ValidationError as error:
        problems = [_located(tree, _problem(detail)) for detail in error.errors(include_url=False)]
        raise ProfileError(tree.file, _in_order(problems)) from error


def _problem(detail: ErrorDetails) -> Problem:
    # A mapping's bad key is located as (..., key, "[key]"); the marker names no place in the file.
    location: Location = tuple(step for step in detail["loc"] if step != "[key]")
    params = {"input": detail["input"], **detail.get("ctx", {})}
    if "expected" in params:
        params["expected"] = str(params["expected"]).replace(" or ", ", ")
    return Problem(detail["type"], location, params=params)


def _raise_if(tree: YamlTree, problems: Iterable[Problem]) -> None:
    found = [_located(tree, problem) for problem in problems]
    if found:
        raise ProfileError(tree.file, _in_order(found))


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))


def _located(tree: YamlTree, problem: Problem) -> Problem:
    line, column = tree.place(problem.location)
    return Problem(problem.reason, problem.location, line, column, problem.params)
