"""The steps of the desk: the last week's flows, files and tickets, and what happens to trades besides settling.

Each is one call of the domain with one audit event, like every step.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from exposures.models import ExposureVersion
from hedges.models import InstrumentVersion
from treasury.demo.company.files import (
    LEDGER_MAPPING,
    UNDONE_BECAUSE,
    FileSpec,
    invoices,
    unread_invoices,
    wrong_plan,
)
from treasury.demo.company.last_week import FILES_DAY, lives, put_off, sales_meeting
from treasury.demo.company.tickets import begun_ticket, proposal, sent_ticket
from treasury.demo.company.trade_events import trade_events
from treasury.demo.market.reference_rates import business_date
from treasury.demo.seeding import dealing, desk
from treasury.demo.seeding.book import DemoBook
from treasury.demo.seeding.steps import Step, at


def approve(model: type[Any], book: DemoBook, why: str) -> None:
    book.approve(model, why)


def _filed(what: str, *details: Any) -> Callable[[DemoBook, str], None]:
    """Reading files takes a library of tables, for which a start that has nothing to write does not wait."""

    def write(book: DemoBook, why: str) -> None:
        from treasury.demo.seeding import filing

        getattr(filing, what)(*details, book, why)

    return write


def desk_steps() -> Iterator[Step]:
    yield from _trades()
    yield from _sales_meeting()
    yield from _files()
    yield from _last_day()


def _trades() -> Iterator[Step]:
    """On the day of the rate, after the central bank has published it."""
    for number, event in enumerate(trade_events()):
        yield Step(at(event.day, 15, number), event.reason, partial(desk.happen, event))
    for day in sorted({event.day for event in trade_events()}):
        yield Step(at(day, 15, 30), "agrees with the bank", partial(approve, InstrumentVersion))


def _sales_meeting() -> Iterator[Step]:
    moved, day = put_off(), sales_meeting()
    yield Step(at(moved.valid_from, 9), moved.reason, partial(desk.live, moved))
    yield Step(at(moved.valid_from, 10, 30), "agreed with sales", partial(approve, ExposureVersion))
    for number, life in enumerate(lives()):
        yield Step(at(day, 9, number), life.reason, partial(desk.live, life))
    yield Step(at(day, 10, 30), "agreed with sales", partial(approve, ExposureVersion))


def _files() -> Iterator[Step]:
    """One file that is kept, with its mapping, and one that was the wrong one."""
    day, kept, wrong = business_date() - timedelta(days=FILES_DAY), invoices(), wrong_plan()
    yield from _comes(kept, day, 9)
    yield Step(at(day, 9, 2), LEDGER_MAPPING, _filed("save_mapping", kept, LEDGER_MAPPING))
    yield Step(at(day, 9, 3), "invoices of the day", _filed("commit", kept))
    yield Step(at(day, 9, 30), "agrees with the ledger", _filed("approve_import", kept))
    yield from _comes(wrong, day, 11)
    yield Step(at(day, 11, 3), "plan of the North Sea", _filed("commit", wrong))
    yield Step(at(day, 11, 30), "as sales has sent it", _filed("approve_import", wrong))
    yield Step(at(day, 15), UNDONE_BECAUSE, _filed("undo", wrong))
    yield Step(at(day, 15, 30), "back to the plan", _filed("approve_import", wrong))


def _last_day() -> Iterator[Step]:
    """What nobody else has seen yet: a file whose cells wait to be mended, a proposal, and the tickets."""
    day = business_date()
    yield from _comes(unread_invoices(), day, 16)
    why = "the Singapore dollar is below its band"
    yield Step(at(day, 17, 20), why, partial(dealing.propose, proposal()), looks_at_nights=True)
    done = partial(dealing.deal, proposal(), sent_ticket(), begun_ticket())
    yield Step(at(day, 17, 40), "one ticket sent, one begun", done)


def _comes(file: FileSpec, day: date, hour: int) -> Iterator[Step]:
    yield Step(at(day, hour), "the file comes", _filed("receive", file))
    yield Step(at(day, hour, 1), "the file is checked", _filed("check", file))
