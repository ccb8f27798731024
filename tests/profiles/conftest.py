"""The profile that ships with the project, loaded once."""

from pathlib import Path

import pytest

from core.profiles.loading import REFERENCE_FILE, load_profile, load_reference
from core.profiles.model import Profile
from core.profiles.reference import Reference

FOLDER = Path(__file__).parents[2] / "profiles"


@pytest.fixture(scope="session")
def zima_path() -> Path:
    return FOLDER / "zima.yaml"


@pytest.fixture(scope="session")
def zima(zima_path: Path) -> Profile:
    return load_profile(zima_path)


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference(FOLDER / REFERENCE_FILE)
