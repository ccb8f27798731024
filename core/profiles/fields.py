"""Field types that all parts of a profile share."""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

YEARS = (2000, 2100)


class Part(BaseModel):
    """A part of a profile: never changed after loading, and every unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _clock_time(value: Any) -> Any:
    # YAML 1.1 reads an unquoted 21:00 as the number 1260, which would silently become 00:21.
    if not isinstance(value, str | time):
        raise PydanticCustomError("time_quotes", "a time must stand in quotes")
    return value


def _month_day(value: str) -> str:
    month, _, day = value.partition("-")
    try:
        date(2001, int(month), int(day))
    except ValueError:
        raise PydanticCustomError("month_day", "a day of every year must be MM-DD") from None
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
IndicatorCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{1,2}$")]
Count = Annotated[int, Field(strict=True, ge=0)]
Year = Annotated[int, Field(strict=True, ge=YEARS[0], le=YEARS[1])]
Number = Annotated[Decimal, Field(ge=0)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
MonthDay = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{2}$"), AfterValidator(_month_day)]
