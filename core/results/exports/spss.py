"""A table as an SPSS system file, written by pyreadstat (the optional extra `spss`)."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import time
from pathlib import Path
from typing import Any

from core.errors import AppError
from core.results.exports.names import cut
from core.tables.table import Cell, Kind, Table, Variable

LONGEST_TEXT = 32_767
"""Bytes of one text."""
_TITLE, _LABEL, _VALUE_LABEL = 64, 255, 120
"""Bytes that SPSS keeps of the label of the file, of a variable and of a value."""
_FORMATS: Mapping[Kind, str] = {
    Kind.CODE: "F8.0",
    Kind.FLAG: "F8.0",
    Kind.NUMBER: "F10.2",
    Kind.DATE: "EDATE10",
    Kind.TIME: "TIME8",
    Kind.MOMENT: "DATETIME20",
}


def write_sav(table: Table, title: str) -> bytes:
    """Raises AppError `results.no_spss` where the extra is not installed."""
    try:
        import pandas  # noqa: PLC0415 - takes a second, and only this file needs it
        import pyreadstat  # noqa: PLC0415 - an optional extra
    except ModuleNotFoundError as missing:
        raise AppError("results.no_spss") from missing
    variables = table.variables
    columns = {
        variable.name: pandas.Series(_column(table.rows, place, variable), dtype=_dtype(variable))
        for place, variable in enumerate(variables)
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.sav"
        pyreadstat.write_sav(
            pandas.DataFrame(columns),
            path,
            file_label=cut(title, _TITLE),
            column_labels=[cut(" ".join(one.label.split()), _LABEL) for one in variables],
            variable_value_labels={one.name: _labels(one) for one in variables if one.labels},
            variable_measure={one.name: _measure(one) for one in variables},
            variable_format={one.name: _FORMATS[one.kind] for one in variables if one.kind in _FORMATS},
        )
        return path.read_bytes()


def _column(rows: Sequence[Sequence[Cell]], place: int, variable: Variable) -> list[Any]:
    cells = [row[place] for row in rows]
    if variable.kind is Kind.TEXT:
        return ["" if one is None else cut(str(one), LONGEST_TEXT) for one in cells]
    if variable.kind is Kind.TIME:
        return [_seconds(one) for one in cells]
    return cells


def _seconds(cell: Cell) -> int | None:
    """Of the day, as SPSS keeps times: pyreadstat would take a column without any answer for texts."""
    return cell.hour * 3600 + cell.minute * 60 + cell.second if isinstance(cell, time) else None


def _dtype(variable: Variable) -> str:
    """The same with answers and without: files of two waves are laid together by it."""
    if variable.kind in {Kind.DATE, Kind.MOMENT}:
        return "datetime64[us]"
    return "object" if variable.kind is Kind.TEXT else "float64"


def _labels(variable: Variable) -> dict[int | float, str]:
    return {number: cut(words, _VALUE_LABEL) for number, words in variable.labels.items()}


def _measure(variable: Variable) -> str:
    if variable.kind in {Kind.TEXT, Kind.FLAG}:
        return "nominal"
    if variable.kind is Kind.CODE:
        return "ordinal" if variable.ordered else "nominal"
    return "scale"
