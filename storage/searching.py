"""Words as they are searched for and sorted by: databases know Cyrillic differently, or not at all."""

import re

_SPACES = re.compile(r"\s+")


def searchable(*parts: str | None) -> str:
    """One line in small letters, ё as е: «Фёдорова Алёна» → «федорова алена». Sorts as a Russian alphabet does."""
    joined = " ".join(part for part in parts if part)
    return _SPACES.sub(" ", joined).strip().casefold().replace("ё", "е")
