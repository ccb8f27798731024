"""YAML with places: safe values, no repeated keys, and the line of anything that later proves wrong."""

from pathlib import Path
from typing import Any

import yaml

from core.profiles.problems import Location, Problem, ProfileError

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
TIMESTAMP = "tag:yaml.org,2002:timestamp"
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlTree:
    """A file read once: `data` as plain values, `place` for messages."""

    def __init__(self, file: Path) -> None:
        """Raises ProfileError with every place found wrong."""
        self.file = file
        text = _text(file)
        try:
            self._check_depth(text)
            loader = LOADER(text)
            self._root = self._checked(loader.get_single_node(), loader)
            self.data: dict[str, Any] = loader.construct_document(self._root)
        except yaml.MarkedYAMLError as error:
            raise ProfileError(file, [_syntax(error)]) from error
        except yaml.YAMLError as error:
            raise ProfileError(file, [Problem("syntax", params={"detail": str(error)})]) from error

    def _check_depth(self, text: str) -> None:
        # Composing recurses, and the C loader crashes the process on a deep file: count before.
        depth = 0
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                raise ProfileError(self.file, [Problem("too_deep", (), *_position(event.start_mark))])

    def _checked(self, root: yaml.Node | None, loader: yaml.SafeLoader) -> yaml.Node:
        if root is None:
            raise ProfileError(self.file, [Problem("empty")])
        if not isinstance(root, yaml.MappingNode):
            raise ProfileError(self.file, [Problem("not_mapping", (), *_position(root.start_mark))])
        problems = _wrong_nodes(root, loader)
        if problems:
            raise ProfileError(self.file, problems)
        return root

    def place(self, location: Location) -> tuple[int | None, int | None]:
        """Line and column of the deepest part of `location` that the file has."""
        node = self._root
        for step in location:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return _position(node.start_mark)


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise ProfileError(file, [Problem("no_file")]) from error
    except OSError as error:
        raise ProfileError(file, [Problem("unreadable")]) from error
    if len(content) > MAX_BYTES:
        raise ProfileError(file, [Problem("too_big", params={"limit": MAX_BYTES // 1000})])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError(file, [Problem("not_utf8")]) from error


def _syntax(error: yaml.MarkedYAMLError) -> Problem:
    place = _position(error.problem_mark or error.context_mark)
    return Problem("syntax", (), *place, {"detail": error.problem or error.context or ""})


def _position(mark: Any) -> tuple[int | None, int | None]:
    """Line and column from 1; `mark` is a mark of PyYAML or of libyaml."""
    return (mark.line + 1, mark.column + 1) if mark else (None, None)


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _wrong_nodes(root: yaml.Node, loader: yaml.SafeLoader) -> list[Problem]:
    """Repeated keys and impossible dates. Visits every node once, however often aliases lead back to it."""
    problems: list[Problem] = []
    seen: set[int] = set()
    pending: list[tuple[yaml.Node, Location]] = [(root, ())]
    while pending:
        node, location = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            problems += _repeats(node, location)
            pending += [(part, (*location, str(pair[0].value))) for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            pending += [(value, (*location, index)) for index, value in enumerate(node.value)]
        elif isinstance(node, yaml.ScalarNode) and not _possible(node, loader):
            reason = "date_parsing" if node.tag == TIMESTAMP else "tag"
            problems.append(Problem(reason, location, *_position(node.start_mark), {"name": node.tag}))
    return sorted(problems, key=lambda problem: problem.line or 0)


def _possible(node: yaml.ScalarNode, loader: yaml.SafeLoader) -> bool:
    # PyYAML lets 2022-02-30 or "!!bool maybe" run into errors of Python that know no line.
    try:
        loader.construct_object(node)
    except (ValueError, KeyError, AttributeError):
        return False
    return True


def _repeats(node: yaml.MappingNode, location: Location) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for key, _ in node.value:
        name = str(key.value)
        if name in first:
            params = {"name": name, "first": first[name]}
            problems.append(Problem("duplicate_key", location, *_position(key.start_mark), params))
        first.setdefault(name, key.start_mark.line + 1)
    return problems
