"""Tables of results from made-up figures, without a page around them."""

from dataclasses import replace
from typing import cast

from admin.results.blocks import Block
from admin.results.tables import cut_tables
from core.campaigns.model import CampaignDetail
from core.results.model import NOTHING, CampaignResults, CutRow, Figures, Result, ResultCut, Shape
from core.results.source import Source

WITHHELD = (CutRow("school", "Школы", NOTHING), CutRow("preschool", "Детские сады", NOTHING))
TOLD = (CutRow("school", "Школы", Figures(20, mean=1.5)), CutRow("preschool", "Детские сады", NOTHING))


def statement(name: str, rows: tuple[CutRow, ...]) -> Result:
    return Result(name, name.upper(), Shape.ONE, (), Figures(40, mean=1.0), battery="work", rows=rows)


def by_kind(*results: Result) -> list[tuple[tuple[str, ...], ...]]:
    """Rows of each table, titles first."""
    # These tables never look at the campaign itself.
    nowhere = cast(CampaignDetail, None)
    found = CampaignResults(nowhere, Source.RELEASE, ready=True, submitted=40, cut=ResultCut.KIND)
    block = Block("table-work", "Работа", "", results)
    assert cut_tables(replace(found, cut=None), block) == []
    return [tuple((row.title, *row.cells) for row in table.rows) for table in cut_tables(found, block)]


def test_statements_that_no_group_tells_have_no_table_of_dashes() -> None:
    assert by_kind(statement("a", WITHHELD), statement("b", WITHHELD)) == []
    assert by_kind(statement("a", WITHHELD)) == []


def test_one_told_statement_brings_the_whole_table() -> None:
    (table,) = by_kind(statement("a", WITHHELD), statement("b", TOLD))
    assert table == (("Все", "1", "1"), ("Школы", "—", "1,5"), ("Детские сады", "—", "—"))
