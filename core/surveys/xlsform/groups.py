"""Groups of rows → rows to build from: plain groups, grids, and those that only Kobo has."""

from collections.abc import Sequence

from core.surveys.building import MATRIX
from core.surveys.xlsform import kinds, kobo, refused
from core.surveys.xlsform.fields import condition, name_of
from core.surveys.xlsform.form import Form
from core.surveys.xlsform.nesting import Group, Item, Node
from core.surveys.xlsform.places import Draft, Line
from core.surveys.xlsform.questions import drafts_of
from core.surveys.xlsform.wording import plain

_GRID = "list-nolabel"
_GRID_HEAD = "label"
"""Appearance of the row that only heads a grid with the labels of its choices."""


def drafts_of_all(nodes: Sequence[Node], form: Form) -> list[Draft]:
    """Rows of a whole form, or of the inside of a group, in order."""
    drafts: list[Draft] = []
    for node in nodes:
        drafts += drafts_of(node, form) if isinstance(node, Item) else _group(node, form)
    return drafts


def _group(group: Group, form: Form) -> list[Draft]:
    if group.family in {kinds.REPEAT, kinds.LOOP}:
        _refuse_repeat(group, form)
        return []
    if group.line["media"]:
        form.findings.refuse(group.line.place("media"), refused.PICTURE_OF_QUESTION)
    if group.family == kinds.SCORE:
        return _wrapped(group.line, kobo.score(group, form), matrix=True)
    if group.family == kinds.RANKING:
        ranked = kobo.ranked(group, form)
        return [ranked] if ranked else _wrapped(group.line, kobo.levels(group, form))
    if group.family == kinds.MATRIX:
        return _wrapped(group.line, _kobo_matrix(group, form))
    return _plain(group, form)


def _refuse_repeat(group: Group, form: Form) -> None:
    """The repeat with advice, and every row in it once."""
    advice = refused.REPEATS if group.family == kinds.REPEAT else refused.LOOPS
    form.findings.refuse(group.line.place("type"), refused.ADVICE[advice])
    name = name_of(group.line)
    waiting = list(group.members)
    while waiting:
        node = waiting.pop(0)
        form.findings.refuse(node.line.place("type"), refused.IN_REPEAT.format(name=name))
        if isinstance(node, Group):
            waiting[:0] = node.members


def _plain(group: Group, form: Form) -> list[Draft]:
    members, head = _without_head(group.members)
    title = plain(group.line["label"])
    heading = plain(head["label"]) if head else ""
    fits = _fits(members) and (head is not None or MATRIX in group.line.words("appearance"))
    if fits and head is not None and (head["relevant"] or (heading and title not in {"", heading})):
        fits = False
    if fits:
        return _wrapped(group.line, drafts_of_all(members, form), matrix=True, title=heading or title)
    drafts = [_plain_member(node, form) for node in members]
    if head is not None and heading:
        note = {"type": "note", "name": name_of(head), "label": heading}
        relevant = condition(head["relevant"])
        drafts.insert(0, [Draft(head, {**note, "relevant": relevant} if relevant else note)])
    return _wrapped(group.line, [draft for some in drafts for draft in some])


def _without_head(members: Sequence[Node]) -> tuple[list[Node], Line | None]:
    """The members, without the row that heads a grid."""
    for place, node in enumerate(members):
        if isinstance(node, Item) and node.kind.word in kinds.SELECTS and _GRID_HEAD in node.line.words("appearance"):
            return [*members[:place], *members[place + 1 :]], node.line
    return list(members), None


def _fits(members: Sequence[Node]) -> bool:
    """Whether all of it can be the lines of one table."""
    lists = {node.kind.detail for node in members if isinstance(node, Item)}
    return len(lists) == 1 and all(
        isinstance(node, Item)
        and node.kind.word == "select_one"
        and not node.kind.or_other
        and not node.line["choice_filter"]
        and not node.line["read_only"]
        for node in members
    )


def _plain_member(node: Node, form: Form) -> list[Draft]:
    """A line of a grid that is no table here becomes a Likert question."""
    if isinstance(node, Item) and node.kind.word == "select_one" and _GRID in node.line.words("appearance"):
        node = Item(node.line.with_cells(appearance="likert"), node.kind)
    return drafts_of_all([node], form)


def _kobo_matrix(group: Group, form: Form) -> list[Draft]:
    drafts: list[Draft] = []
    for line, members in kobo.matrix_rows(group, form):
        drafts += _wrapped(line, drafts_of_all(members, form), title=line["label"])
    return drafts


def _wrapped(line: Line, inside: Sequence[Draft], *, matrix: bool = False, title: str | None = None) -> list[Draft]:
    """A group around rows; an empty one is left out."""
    if not inside:
        return []
    label = plain(line["label"]) if title is None else title
    begin = {"type": "begin_group", "name": name_of(line)}
    if label:
        begin["label"] = label
    if relevant := condition(line["relevant"]):
        begin["relevant"] = relevant
    if matrix:
        begin["appearance"] = MATRIX
    return [Draft(line, begin), *inside, Draft(line, {"type": "end_group"})]
