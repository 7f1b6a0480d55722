"""Eight people at once, each asking for what is refused: the words say what is missing, and no row moves."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from hedges.domain import closing, designation, relationship_approval, reversal
from hedges.domain.assessment import inception
from hedges.models import HedgeRelationship, HedgeRelationshipVersionApproval, JournalEntry
from tests.factories import book, changes, clock
from tests.workflow import company, ledger
from treasury.domain.refusals import Refusal

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed_db")]
EIGHT = range(8)
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def race(acts: list[Callable[[], object]], on: date = company.BEGUN) -> list[str]:
    """What became of each act, all begun at one moment, each on a connection of its own at the told time."""
    outcomes, start = [""] * len(acts), threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            with clock.at(on):
                start.wait(timeout=60)
                act()
                outcomes[place] = "done"
        except Refusal as refusal:
            outcomes[place] = str(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def refused_by_all(acts: list[Callable[[], object]], *words: str, on: date = company.BEGUN) -> None:
    """Every one of them with these words, and every table of the book as it was."""
    before = ledger.digests()
    outcomes = race(acts, on)
    assert [[word for word in words if word not in said] for said in outcomes] == [[]] * len(acts), outcomes
    after = ledger.digests()
    assert {name for name in before if before[name] != after[name]} == set()


@pytest.fixture
def hedged() -> company.Hedged:
    found = company.Hedged(company.founded())
    found.prices(company.BEGUN, 1000, 1000)
    return found


def draft(hedged: company.Hedged, item: Any, future: Any, amount: int = 600, **fields: Any) -> Any:
    terms = {"hedge_end_date": hedged.due, "assessment_method": "DOLLAR_OFFSET"}
    return book.unsaved_relationship(
        of=hedged.of, items=[(item, amount)], instruments=[(future, -amount)], designation_date=company.BEGUN,
        valid_from=company.BEGUN, **(terms | fields),
    )  # fmt: skip


def designating(drafts: list[Any]) -> list[Callable[[], object]]:
    people = [book.user("HEDGE_ACCOUNTANT") for _ in drafts]
    return [
        lambda one=one, actor=actor: designation.designate(  # type: ignore[misc]
            designations=[one], actor=actor, support=inception.support
        )
        for one, actor in zip(drafts, people, strict=True)
    ]


def test_missing_documentation(hedged: company.Hedged) -> None:
    drafts = []
    for _ in EIGHT:
        one = draft(hedged, hedged.item(), hedged.future(), objective=" ")
        one.file.strategy = ""
        drafts.append(one)
    refused_by_all(designating(drafts), "the documentation lacks", "objective", "strategy", "6.4.1(b)")


def test_over_allocation(hedged: company.Hedged) -> None:
    """600 of 1,000, eight times: one has them; of what the others wanted there is no row."""
    item, future = hedged.item(), hedged.future()
    outcomes = race(designating([draft(hedged, item, future) for _ in EIGHT]))
    assert outcomes.count("done") == 1, outcomes
    for said in outcomes:
        assert said == "done" or "already designated" in said or "more than is free" in said, said
    assert HedgeRelationship.objects.count() == 1
    one = ledger.digests()
    for name in (
        "hedgerelationshipversion",
        "inceptionfile",
        "itemallocation",
        "instrumentallocation",
        "assessmentrecord",
    ):
        assert one[f"hedges_{name}"][0] == 1, name
    refused_by_all(designating([draft(hedged, item, future) for _ in EIGHT]), "more than is free", "400")


def test_self_approval(hedged: company.Hedged) -> None:
    author = book.user("HEDGE_ACCOUNTANT")
    version = hedged.designated(
        [(hedged.item(), 1000)], [(hedged.future(), -1000)], author=author, approve=False
    )

    def approve(actor: Any) -> Callable[[], object]:
        return lambda: relationship_approval.approve(versions=[version], actor=actor)

    refused_by_all([approve(author) for _ in EIGHT], "had a hand in")
    approver = book.user("APPROVER")
    outcomes = race([approve(author) for _ in EIGHT][1:] + [approve(approver)])
    assert [said == "done" for said in outcomes] == [False] * 7 + [True], outcomes
    assert HedgeRelationshipVersionApproval.objects.get(version=version).decided_by == approver


@pytest.fixture
def closed(hedged: company.Hedged) -> Any:
    """A hedge whose January is closed with an entry."""
    version = hedged.designated(
        [(hedged.item(), 1000)], [(hedged.future(), -800)], designated_hedge_ratio="0.8"
    )
    hedged.prices(company.month_end(JANUARY), 990, 990)
    company.close(hedged.of, JANUARY)
    return version


def test_a_closed_period(hedged: company.Hedged, closed: Any) -> None:
    later, person = date(2026, 2, 3), book.user("HEDGE_ACCOUNTANT")
    entry = JournalEntry.objects.filter(entity=hedged.of).order_by("number")[0]
    refused_by_all(
        [lambda: reversal.propose(entry=entry, actor=person, reason="wrong", entry_date=date(2026, 1, 30))] * 8,
        "2026-01-30", "open period, 2026-02", "Give a date in that period", on=later,
    )  # fmt: skip
    refused_by_all(
        [lambda: changes.rebalanced(closed, instrument=-700, on=date(2026, 1, 20), told=later, actor=person)] * 8,
        "2026-02-0", on=later,
    )  # fmt: skip
    before = ledger.digests()
    outcomes = race([lambda: closing.request(entity=hedged.of, period=JANUARY, actor=person)] * 8, on=later)
    assert outcomes == ["done"] * 8, "who asks again is told by which run it was closed"
    assert ledger.digests() == before


def test_a_missing_rate(hedged: company.Hedged, closed: Any) -> None:
    """At a close and at a designation: what has no price is named."""
    later, person = date(2026, 3, 3), book.user("HEDGE_ACCOUNTANT")
    symbol = hedged.risk.code
    request: Callable[[], object] = lambda: closing.request(entity=hedged.of, period=FEBRUARY, actor=person)  # noqa: E731
    refused_by_all([request] * 8, "FX rates", "2026-02-27", "are missing", "record them", on=later)
    company.recorded(company.month_end(FEBRUARY))
    refused_by_all([request] * 8, symbol, "29 days old", "record a newer one", on=later)
    other = company.Hedged(hedged.of)
    drafts = [draft(other, other.item(), other.future()) for _ in EIGHT]
    refused_by_all(designating(drafts), other.risk.code, on=company.BEGUN)
    hedged.prices(company.month_end(FEBRUARY), 980, 980)
    outcomes = race([request] * 8, on=later)
    assert outcomes == ["done"] * 8
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM treasury_calculationrun WHERE kind = 'CLOSE' AND as_of_date = '2026-02-28'"
        )
        assert cursor.fetchone() == (1,)
    assert later - timedelta(days=3) == date(2026, 2, 28)
