"""Text of a definition → plain rows, with every fault kept together with its place."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml

_MAX_CHARACTERS = 500_000
_MAX_NESTING = 12


@dataclass(frozen=True, slots=True)
class Problem:
    """`where` names file, question and field; `message` says in Russian what to put right."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class DefinitionError(Exception):
    """A survey cannot be loaded; holds every problem that was found, not only the first."""

    def __init__(self, problems: Collection[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class Row:
    """One mapping of the file. A field that is missing or wrong is noted and read as empty."""

    def __init__(self, data: Mapping[str, object], where: str, problems: list[Problem]) -> None:
        self._data = data
        self.where = where
        self._problems = problems

    def problem(self, message: str, field: str | None = None) -> None:
        self._problems.append(Problem(self.where if field is None else f"{self.where}, поле {field}", message))

    def only(self, known: Collection[str]) -> None:
        """Note fields that mean nothing here, so that a slip of the pen is not passed over."""
        for key in self._data:
            if key not in known:
                close = get_close_matches(str(key), known, n=1)
                self.problem("такого поля нет" + (f"; возможно, {close[0]}" if close else ""), str(key))

    def text(self, field: str) -> str:
        """A text that must be there."""
        value = self.optional(field)
        if value is None and field not in self._data:
            self.problem("поле нужно заполнить", field)
        return value or ""

    def optional(self, field: str) -> str | None:
        value = self._data.get(field)
        if value is None:
            return None
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.problem("нужен непустой текст; если это число или слово true, возьмите его в кавычки", field)
        return None

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields that are there."""
        return frozenset(str(key) for key in self._data)

    def is_flag(self, field: str) -> bool:
        """Whether the field is left out, true or false, and no text."""
        return not isinstance(self._data.get(field), str)

    def flag(self, field: str) -> bool:
        value = self._data.get(field, False)
        if not isinstance(value, bool):
            self.problem("нужно true или false", field)
        return value is True

    def whole(self, field: str, default: int | None = None) -> int:
        value = self._data.get(field, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.problem("нужно целое число", field)
        return 0

    def number(self, field: str, default: float | None = None) -> float:
        return self._number(self._data.get(field, default), field)

    def numbers(self, field: str) -> dict[str, float]:
        """A mapping of names to numbers."""
        return {str(key): self._number(value, field) for key, value in self._mapping(field).items()}

    def names(self, field: str) -> tuple[str, ...]:
        """A list of names; may be left out."""
        value = self._data.get(field, [])
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return tuple(value)
        self.problem("нужен список имён", field)
        return ()

    def rows(self, field: str, noun: str) -> Iterator["Row"]:
        """A list of mappings; may be left out. `noun` is how a row is called in a problem's place."""
        yield from self._rows(self._data.get(field, []), field, noun)

    def lists(self, field: str, noun: str) -> Iterator[tuple[str, list["Row"]]]:
        """Named lists of mappings; may be left out."""
        for name, value in self._mapping(field).items():
            yield str(name), list(self._rows(value, f"{field}.{name}", noun))

    def _rows(self, value: object, field: str, noun: str) -> Iterator["Row"]:
        if not isinstance(value, list):
            self.problem("нужен список", field)
            return
        for place, item in enumerate(value, start=1):
            row = self._row(item, f"{self.where}, {noun} {_called(item, place)}")
            if row is None:
                self.problem(f"строка {place}: нужны пары «поле: значение»", field)
            else:
                yield row

    def _row(self, item: object, where: str) -> "Row | None":
        """An item of a list as a row; None when it is none. A reader of other files has rows of its own."""
        return Row(item, where, self._problems) if isinstance(item, dict) else None

    def _mapping(self, field: str) -> Mapping[object, object]:
        value = self._data.get(field, {})
        if isinstance(value, dict):
            return value
        self.problem("нужны пары «имя: значение»", field)
        return {}

    def _number(self, value: object, field: str) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 1_000_000:
            return float(value)
        self.problem("нужно число", field)
        return 0.0


def _called(item: object, place: int) -> str:
    name = item.get("name", item.get("code")) if isinstance(item, Mapping) else None
    return name if isinstance(name, str) else f"№ {place}"


class _Loader(yaml.SafeLoader):
    """Safe YAML in which `yes` and `no` are words and a field is named once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _fault("имя поля должно быть словом", key)
            if key.value in seen:
                raise _fault(f"поле {key.value} названо дважды", key)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


_WORDS_ONLY = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge"}
_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag not in _WORDS_ONLY]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def read_yaml(text: str, origin: str, problems: list[Problem]) -> Row:
    """The file as one row. Raises DefinitionError when it is not YAML or not a mapping."""
    if len(text) > _MAX_CHARACTERS:
        raise DefinitionError([Problem(origin, f"файл длиннее {_MAX_CHARACTERS} знаков")])
    try:
        _check_shape(text)
        data = _Loader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        line = f", строка {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise DefinitionError([Problem(origin + line, f"не разобрать: {error.problem}")]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise DefinitionError([Problem(origin, f"не разобрать: {error}")]) from error
    if not isinstance(data, dict):
        raise DefinitionError([Problem(origin, "нужны пары «поле: значение»")])
    return Row(data, origin, problems)


def _check_shape(text: str) -> None:
    """Refuse references, which can unfold to any size, and nesting that no survey needs."""
    nesting = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _fault("ссылки (*имя) не поддерживаются", event)
        nesting += isinstance(event, yaml.CollectionStartEvent)
        nesting -= isinstance(event, yaml.CollectionEndEvent)
        if nesting > _MAX_NESTING:
            raise _fault("слишком глубокая вложенность", event)


def _fault(problem: str, place: yaml.Node | yaml.Event) -> yaml.MarkedYAMLError:
    mark = place.start_mark
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark if isinstance(mark, yaml.Mark) else None)
