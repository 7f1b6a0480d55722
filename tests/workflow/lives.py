"""Random lives of a hedge, lived by a company's people: weekly prices, a change or a fact in the middle."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hedges.domain.accounting_periods import last_day
from hedges.models import InstrumentAllocation, ItemAllocation, MeasurementResult
from tests.factories import changes
from tests.workflow import company

BEGUN, SOON, DUE = company.BEGUN, date(2026, 3, 10), date(2026, 5, 15)
WEEKS = [BEGUN + timedelta(weeks=number) for number in range(27)]
LATER = date(2026, 6, 10)
MONTHS = [date(2026, month, 1) for month in range(1, 9)]
CENTS = Decimal("0.001")
LOST = {
    "cancelled": ("NO_LONGER_EXPECTED", {"status": "CANCELLED"}),
    "not expected": ("NO_LONGER_EXPECTED", {"status": "NO_LONGER_EXPECTED"}),
    "smaller": ("NO_LONGER_EXPECTED", {}),
    "doubtful": ("NO_LONGER_HIGHLY_PROBABLE", {"kind": "FORECAST"}),
}


@dataclass(frozen=True)
class Life:
    """`paths`: what item and instrument have moved by a ton each week. `turn`: what happens on `day`."""

    framework: str
    paths: list[tuple[int, int]]
    sold: bool
    single: bool
    turn: str
    day: date
    share: Decimal
    into_cost: bool
    verdicts: list[bool]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    framework = draw(st.sampled_from(company.FRAMEWORKS))
    own = ["rebalanced"] if framework == "IFRS9" else ["revoked"]
    # Mostly the same way and sometimes not, so that every branch of the lower-of is walked.
    moves = st.tuples(st.integers(-300, 300), st.integers(-80, 80)).map(lambda two: (two[0], two[0] + two[1]))
    return Life(
        framework=framework,
        paths=draw(st.lists(moves, min_size=len(WEEKS), max_size=len(WEEKS))),
        sold=draw(st.booleans()),
        single=draw(st.booleans()),
        turn=draw(st.sampled_from(["none", "late", *LOST, *own])),
        day=draw(st.sampled_from([date(2026, 2, 16), date(2026, 4, 13)])),
        share=draw(st.sampled_from([Decimal("0.5"), Decimal("0.8"), Decimal("1.1")])),
        into_cost=draw(st.booleans()),
        verdicts=draw(st.lists(st.booleans(), min_size=len(MONTHS), max_size=len(MONTHS))),
    )


class Lived:
    """The life on a book: `item` and `other` are hedged by one future or two, 4,000 t each way."""

    def __init__(self, life: Life) -> None:
        self.life, self.of = life, company.founded(life.framework)
        self.hedged = company.Hedged(self.of, due=DUE)
        self._quotes()
        side = 1 if life.sold else -1
        hedged = self.hedged
        self.item, other = hedged.item(3000 * side), hedged.item(1000 * side, expected_date=SOON)
        sizes = [4000] if life.single else [3000, 1000]
        # More is bought than is designated, so that volume can be added.
        futures = [(hedged.future(-size * side * 2), Decimal(-size * side)) for size in sizes]
        self.version = hedged.designated(
            [(self.item, 3000 * side), (other, 1000 * side)],
            futures,
            file=_file(life),
            designation_date=BEGUN,
        )

    def _quotes(self) -> None:
        rows = []
        for day, (spot, future) in zip(WEEKS, [(0, 0), *self.life.paths], strict=False):
            rows += [
                company.quote("PRICE", self.hedged.risk.market_symbol, day, 1000 + spot),
                company.quote("FUTURES_PRICE", self.hedged.contract.code, day, 1000 + future),
            ]
            # A second life goes through the same weeks.
            rate = company.euro_rate(day)
            rows += [] if company.has(rate, rows) else [rate]
        company.recorded(BEGUN, *rows)
        for month in MONTHS:
            company.recorded(company.month_end(month), told=BEGUN)

    def turn(self) -> None:
        """What happens in the middle of it, proposed by one person and approved by another."""
        life, exposure, day = self.life, self.item.exposure_id, self.life.day
        if life.turn == "late":
            changes.exposure_says(exposure, on=day, expected_date=LATER)
        elif life.turn == "rebalanced":
            amount = next(iter(self._in_force(InstrumentAllocation, "instrument_id").values()))
            change = changes.rebalanced(
                self.version, instrument=(amount * life.share).quantize(CENTS), on=day
            )
            changes.approve(change, on=day)
        elif life.turn == "revoked":
            changes.approve(changes.revoked(self.version, on=day), on=day)
        elif life.turn in LOST:
            self._lost(*LOST[life.turn])

    def _lost(self, cause: str, says: dict[str, Any]) -> None:
        life, exposure, day = self.life, self.item.exposure_id, self.life.day
        items = self._in_force(ItemAllocation, "exposure_id")
        left = dict(items)
        if life.turn == "smaller":
            says = {"exposure_amount": left[exposure] / 2}
            left[exposure] /= 2
        else:
            del left[exposure]
        changes.exposure_says(exposure, on=day, **says)
        kept: dict[str, Any] = {}
        if left:
            share = sum(left.values()) / sum(items.values())
            held = self._in_force(InstrumentAllocation, "instrument_id")
            kept = {
                "items": left, "instruments": {pk: (amount * share).quantize(CENTS) for pk, amount in held.items()},
            }  # fmt: skip
        changes.approve(changes.stopped(self.version, cause, on=day, **kept), on=day)

    def _in_force(self, model: Any, subject: str) -> dict[int, Decimal]:
        found = model.objects.filter(
            relationship_version__relationship=self.version.relationship,
            period_from__lte=self.life.day, period_to__gt=self.life.day,
        )  # fmt: skip
        amounts: dict[int, Decimal] = {}
        for pk, amount in found.order_by("id").values_list(subject, "designated_amount"):
            amounts[pk] = amounts.get(pk, Decimal(0)) + amount
        return amounts

    def close(self, month: date) -> MeasurementResult:
        """Where a person has to say whether the hedge was effective, one does."""
        run = company.attempted(self.of, month)
        if run.status == "FAILED" and "has a test without a result" in run.status_reason:
            verdict = self.life.verdicts[MONTHS.index(month)]
            company.decided(self.version, last_day(month), "EFFECTIVE" if verdict else "NOT_EFFECTIVE")
            run = company.close(self.of, month)
        assert run.status == "PUBLISHED", run.status_reason
        return company.measured(run, self.version)

    def whole(self, each: Callable[[MeasurementResult], None]) -> MeasurementResult:
        """Closes every month until all has gone, with the turn on its day."""
        for month in MONTHS:
            if month == self.life.day.replace(day=1):
                self.turn()
            row = self.close(month)
            each(row)
        return row


def _file(life: Life) -> dict[str, Any]:
    file: dict[str, Any] = {"release_pattern": "BASIS_ADJUSTMENT" if life.into_cost else "WITH_ITEM"}
    if life.into_cost and life.framework == "ASC815":
        file |= {"keeps_basis_in_reserve": True, "earnings_lag_days": 20}
    return file
