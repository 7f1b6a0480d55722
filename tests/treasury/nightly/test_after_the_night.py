"""What pages say of a night and the next one is what the nights say: previews, proposals, and why a ratio moved."""

from datetime import timedelta
from decimal import Decimal

import pytest

from exposures.domain import recording
from exposures.models import ExposureVersion, ExposureVersionApproval
from hedges.domain.attribution.why_moved import UNEXPLAINED, End, why_moved
from hedges.domain.policy_preview import TO_HEDGE, preview
from hedges.domain.proposals.trades import Wish, planned
from hedges.models import HedgeRatioResult, HorizonBucketResult
from hedges.queries import position, proposals
from hedges.queries.bucket_content import dates
from tests.factories import book, hedged
from tests.treasury.nightly.by_hand import TODAY
from treasury.domain import approval, policies
from treasury.domain.policies import Band
from treasury.enums import Decision
from treasury.kernel.money import to_minor_units
from treasury.models import PolicyVersion, PolicyVersionApproval

pytestmark = pytest.mark.django_db
BANDS = [(0, 6, "0.6", "0.75", "0.9"), (6, 60, "0.5", "0.65", "0.8")]


def profile(run, entity) -> list[dict]:
    return position.profile(run.pk, entity.pk, book.risk().pk)


def test_a_preview_of_bands_is_what_the_night_says_after_the_approval(entity, bank) -> None:
    book.exposure(1_000_001, of=entity)
    book.exposure(-300_000, of=entity, expected_date=TODAY + timedelta(days=20))
    book.forward(-600_000, of=entity, counterparty=bank)
    book.policy(of=entity, risk=book.risk(), bands=BANDS)
    first = hedged.night()
    bands = [
        Band(0, 6, *map(Decimal, ("0.1", "0.2", "0.3"))),
        Band(6, 24, *map(Decimal, ("0.7", "0.8333", "1.1"))),
    ]
    seen = preview(profile(first, entity), bands)
    maker, checker = book.user("TREASURER", entity=entity), book.user("APPROVER", entity=entity)
    version = policies.revise(
        entity_id=entity.pk, risk_id=book.risk().pk, bands=bands, valid_from=TODAY, reason="x", seen_version=1,
        actor=maker,
    )  # fmt: skip
    assert PolicyVersionApproval.objects.count() == 1
    policies.decide(
        version=PolicyVersion.objects.get(pk=version.pk), actor=checker, decision=Decision.APPROVED
    )
    then = profile(hedged.night(new_revision=True), entity)
    names = ("month_from", "lower_ratio", "target_ratio", "upper_ratio", *TO_HEDGE)
    assert [[row[name] for name in names] for row in seen] == [[row[name] for name in names] for row in then]
    assert [set(row["flags"]) for row in seen] == [set(row["flags"]) for row in then]


@pytest.mark.parametrize("aim", ["TARGET", "LIMIT"])
def test_a_proposal_that_is_dealt_stands_in_the_band_in_the_next_night(entity, bank, aim) -> None:
    book.exposure(1_234_567, of=entity)
    book.exposure(-900_000, of=entity, expected_date=TODAY + timedelta(days=40))
    book.forward(900_000 * 2, of=entity, counterparty=bank, settlement_date=TODAY + timedelta(days=40))
    book.policy(of=entity, risk=book.risk(), bands=BANDS)
    first = hedged.night()
    run = {"as_of_date": first.as_of_date, "known_at": first.known_at}
    risk = proposals.risk(book.risk().pk)
    breached = [row for row in profile(first, entity) if row["flags"]]
    plans = planned(
        breached, as_of=TODAY, entity_code=entity.code, risk=risk, wish=Wish(aim=aim, step=Decimal(1000)),
        spans=proposals.spans(TODAY), due=proposals.due(run, entity.pk, risk["id"]), contracts=[],
    )  # fmt: skip
    assert len(plans) == 2
    for plan in plans:
        book.forward(
            plan.line.notional_amount, of=entity, counterparty=bank, settlement_date=plan.line.value_date
        )
    then = profile(hedged.night(new_revision=True), entity)
    assert [row["flags"] for row in then if row["coverage_ratio"] is not None] == [[], []]


def end(run, row, *, month: int | None = None) -> End:
    amounts = ("net_exposure_amount" if month is not None else "exposure_amount", "hedge_amount")
    exposure, hedge = (to_minor_units(getattr(row, name), row.amount_unit) for name in amounts)
    span = (None, None) if month is None else dates(run.as_of_date, row.month_from, row.month_to)
    return End(
        run_id=run.pk, as_of=run.as_of_date, known_at=run.known_at, span=span, exposure=exposure, hedge=hedge
    )


def amended(version: ExposureVersion, **changed) -> None:
    values = {
        name: getattr(version, name)
        for name in (
            "exposure",
            "risk",
            "kind",
            "exposure_currency",
            "exposure_amount",
            "expected_date",
            "valid_from",
        )
    }
    made = recording.amend(versions=[ExposureVersion(**(values | changed))], actor=book.user(), reason="test")
    approval.decide(versions=made, approvals=ExposureVersionApproval, actor=book.user())


def test_the_parts_lead_from_one_night_s_numbers_to_the_next_one_s(entity, bank) -> None:
    before = TODAY - timedelta(days=35)
    kept = book.exposure(1_000_000, of=entity)
    book.exposure(200_000, of=entity, expected_date=TODAY - timedelta(days=3))
    book.exposure(-400_000, of=entity, risk=book.risk("GBPEUR"))
    book.forward(-500_000, of=entity, counterparty=bank)
    book.forward(-100_000, of=entity, counterparty=bank, settlement_date=TODAY - timedelta(days=3))
    book.forward(100_000, of=entity, counterparty=bank, risk=book.risk("GBPEUR"))
    first = hedged.night(before)
    amended(kept, exposure_amount=Decimal(1_100_000), valid_from=TODAY - timedelta(days=10))
    book.exposure(50_000, of=entity)  # counts from January on: known late
    book.exposure(70_000, of=entity, valid_from=TODAY)
    book.forward(-300_000, of=entity, counterparty=bank, trade_date=TODAY, valid_from=TODAY)
    last = hedged.night()

    def asked(subject: str, key: int, risk_id: int | None, unit: str):
        rows = [
            HedgeRatioResult.objects.get(run=run, subject=subject, subject_key=key) for run in (first, last)
        ]
        found = why_moved(
            entity_id=entity.pk,
            risk_id=risk_id,
            first=end(first, rows[0]),
            last=end(last, rows[1]),
            unit=unit,
        )
        moved = sum(line.part.moved or 0 for line in found.lines)
        assert float(moved) == pytest.approx(rows[1].hedge_ratio - rows[0].hedge_ratio, abs=1e-12)
        return {line.cause: line for line in found.lines if line.exposure or line.hedge}

    risk = book.risk()
    parts = asked("ENTITY_RISK", risk.pk, risk.pk, "USD")
    assert {cause: (line.exposure, line.hedge) for cause, line in parts.items()} == {
        "CORRECTION": (5_000_000, 0),
        "NEW_EXPOSURE": (7_000_000, 0),
        "REVISED": (10_000_000, 0),
        "EXPOSURE_DUE": (-20_000_000, 0),
        "NEW_TRADE": (0, -30_000_000),
        "TRADE_MATURED": (0, 10_000_000),
    }
    whole = asked("ENTITY", 0, None, "EUR")
    assert UNEXPLAINED not in whole
    assert "RATES" in whole
    month = 6
    buckets = [HorizonBucketResult.objects.get(run=run, risk=risk, month_from=month) for run in (first, last)]
    found = why_moved(
        entity_id=entity.pk, risk_id=risk.pk, unit="USD", first=end(first, buckets[0], month=month),
        last=end(last, buckets[1], month=month),
    )  # fmt: skip
    assert UNEXPLAINED not in [line.cause for line in found.lines]
