"""What the municipality has set itself: targets of indicators and the plan of measures (SPEC §11, §12)."""

from typing import Any

from sqlalchemy import Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Target(Base):
    __tablename__ = "targets"
    __table_args__ = (UniqueConstraint("municipality_id", "indicator", "year", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    indicator: Mapped[str] = mapped_column(String(10))
    year: Mapped[int]
    part: Mapped[str] = mapped_column(String(40), default="")
    """Which part of the indicator, when the document sets targets for parts; empty for the whole."""
    comparison: Mapped[str] = mapped_column(String(10))
    value: Mapped[float] = mapped_column(Float)
    unit: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(200))


class MonitoredIndicator(Base):
    """Which indicators the municipality watches, over which period, and by when."""

    __tablename__ = "monitored_indicators"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(10), primary_key=True)
    demanded: Mapped[bool]
    period: Mapped[str] = mapped_column(String(20))
    due: Mapped[str | None] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(200))


class PlanMeasure(Base):
    """A line of the plan of measures."""

    __tablename__ = "plan_measures"
    __table_args__ = (UniqueConstraint("municipality_id", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    year: Mapped[int]
    number: Mapped[str] = mapped_column(String(20))
    section: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    period_text: Mapped[str] = mapped_column(String(200))
    dates: Mapped[list[str]] = mapped_column(default=list)
    responsible: Mapped[list[str]] = mapped_column(default=list)
    expected_text: Mapped[str] = mapped_column(Text)
    expected: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Numbers out of the text: [{value, unit, comparison}]."""
    source: Mapped[str] = mapped_column(String(200))
