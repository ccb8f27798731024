"""Parts of addresses."""

from typing import Annotated

from fastapi import Path

RowId = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""Number of a row; one that no database could hold leads nowhere instead of failing there."""
