"""Parameters of a request, however they came: query string, form, multipart or JSON."""

import json
from dataclasses import dataclass, field
from typing import Any

from playground.telegram.errors import bad_request, not_imitated
from playground.telegram.model import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file inside a multipart request."""

    name: str
    content: bytes
    mime: str


@dataclass(slots=True)
class Params:
    """Typed access. What is there but has the wrong type is refused, not guessed."""

    values: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def check_known(self, method: str, known: frozenset[str]) -> None:
        """Refuse parameters the stand-in has no checks for."""
        for name in self.values.keys() | (self.files.keys() - self._attached()):
            if name not in known:
                raise not_imitated(f'the parameter "{name}" of {method}')

    def _attached(self) -> set[str]:
        return {name for name in self.files if f"attach://{name}" in json.dumps(self.values)}

    def has(self, name: str) -> bool:
        """Was it given, not empty?"""
        return self.values.get(name) not in (None, "") or name in self.files

    def text(self, name: str) -> str:
        """A string; "" if it was not given."""
        value = self.values.get(name, "")
        if value is None:
            return ""
        if not isinstance(value, str):
            raise not_imitated(f'"{name}" that is not a String')
        return value

    def integer(self, name: str, default: int = 0, least: int | None = None, most: int | None = None) -> int:
        """A whole number, moved into the bounds as the server does."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise not_imitated(f'"{name}" that is not an Integer') from None
        number = number if least is None else max(least, number)
        return number if most is None else min(most, number)

    def boolean(self, name: str) -> bool:
        """A flag; false if it was not given."""
        value = self.values.get(name, False)
        if isinstance(value, bool):
            return value
        if str(value).lower() in ("true", "1", "yes"):
            return True
        if str(value).lower() in ("false", "0", "no", ""):
            return False
        raise not_imitated(f'"{name}" that is not a Boolean')

    def json(self, name: str, complaint: str | None = None) -> Any:
        """A structure, given as JSON text or (in a JSON request) as it is; None if it was not given."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(complaint or f"Can't parse {name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file of a parameter: uploaded under its name or by attach://."""
        if name in self.files:
            return self.files[name]
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return None

    def recorded(self) -> Json:
        """What a recorder keeps: every value, of files the name and size."""
        files = {name: {"file_name": file.name, "size": len(file.content)} for name, file in self.files.items()}
        return {**self.values, **files}
