"""What a timeline is made of: steps of people, nights and closes, each at its past time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from treasury.demo.seeding.book import DemoBook


@dataclass(frozen=True)
class Step:
    """`write` gets the book and the reason that stands in the audit trail; some need what the nights before found."""

    at: datetime
    reason: str
    write: Callable[[DemoBook, str], None]
    looks_at_nights: bool = False


@dataclass(frozen=True)
class Night:
    at: datetime
    as_of: date

    @property
    def reason(self) -> str:
        return f"night of {self.as_of}"


@dataclass(frozen=True)
class Close:
    at: datetime
    entity: str
    month: date

    @property
    def reason(self) -> str:
        return f"{self.entity} closes {self.month:%Y-%m}"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, tzinfo=UTC))
