"""How the nights and closes of the history are worked: one after the other in this process, or beside it in lanes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from hedges.domain.accounting_periods import last_day
from treasury.demo.seeding import closes
from treasury.demo.seeding.book import DemoBook
from treasury.demo.seeding.clock import tell_time
from treasury.demo.seeding.lanes import Job, Lanes
from treasury.demo.seeding.steps import Close, Night
from treasury.models import CalculationRun


class Runner(Protocol):
    """Works what it gets; the others return when nothing is left that must not wait, or no night."""

    def night(self, book: DemoBook, night: Night) -> None: ...
    def close(self, book: DemoBook, close: Close) -> None: ...
    def before_step(self, book: DemoBook) -> None: ...
    def settle_nights(self) -> None: ...
    def finish(self, book: DemoBook) -> None: ...


@dataclass
class InTurn:
    """Everything in this process."""

    run_night: Callable[[date], None]
    run_close: Callable[[DemoBook, Close], None]

    def night(self, book: DemoBook, night: Night) -> None:
        tell_time(night.at)
        self.run_night(night.as_of)

    def close(self, book: DemoBook, close: Close) -> None:
        tell_time(close.at)
        self.run_close(book, close)

    def before_step(self, book: DemoBook) -> None:
        pass

    def settle_nights(self) -> None:
        pass

    def finish(self, book: DemoBook) -> None:
        pass


@dataclass
class SideBySide:
    """Nights beside what follows them, up to the close that looks at them; the closes of a day beside each other.

    Nothing is written, and no night is sealed, before the closes of a day are done.
    """

    lanes: Lanes
    asked: list[tuple[Close, CalculationRun]] = field(default_factory=list)

    def night(self, book: DemoBook, night: Night) -> None:
        self.before_step(book)
        self.lanes.work(Job(night.at, night.as_of))

    def close(self, book: DemoBook, close: Close) -> None:
        self.lanes.settle_nights(last_day(close.month))
        tell_time(close.at)
        run = closes.ask(book, close)
        self.asked.append((close, run))
        self.lanes.work(Job(closes.asked_at(close), run.as_of_date, run.pk))

    def before_step(self, book: DemoBook) -> None:
        if self.asked:
            self.lanes.settle_closes()
            for close, run in self.asked:
                closes.see_closed(book, close, run)
            self.asked.clear()

    def settle_nights(self) -> None:
        self.lanes.settle_nights(date.max)

    def finish(self, book: DemoBook) -> None:
        self.before_step(book)
        self.lanes.settle()
