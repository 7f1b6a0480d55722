"""Posting: every entry balances under any amounts, each account ends at what was measured, in so many statements."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from hedges.domain import closing, posting_rules
from hedges.enums import AccountRole, HedgeType
from hedges.models import JournalEntry
from tests.factories import closable, market
from treasury.domain import shards
from treasury.nightly import pipeline

pytestmark = pytest.mark.django_db
CENTS = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents) / 100)
FREE = (
    "opening_fair_value", "settled_amount", "no_longer_designated_amount", "cumulative_recognised",
    "cumulative_ineffectiveness", "cumulative_reclassified", "cumulative_basis_adjusted", "loss_not_recovered",
    "excluded_in_profit_or_loss",
    "cost_recognised", "cost_amortised", "cost_released", "cost_lost", "item_adjustment",
    "item_adjustment_amortised",
)  # fmt: skip
KINDS = (HedgeType.CASH_FLOW, HedgeType.FAIR_VALUE, HedgeType.NET_INVESTMENT)


def measured(kind: str, amounts: dict[str, Decimal]) -> dict[str, Any]:
    own = dict(amounts)
    own["loss_not_recovered"] = -abs(own["loss_not_recovered"]) if kind == HedgeType.CASH_FLOW else 0
    if kind == HedgeType.FAIR_VALUE:
        own |= {"cumulative_recognised": 0, "cumulative_reclassified": 0, "cumulative_basis_adjusted": 0}
    else:
        own |= {"item_adjustment": 0, "item_adjustment_amortised": 0}
        # What was recognised is the lower of the two changes: the rest has its sign (IFRS 9 6.5.11).
        own["cumulative_ineffectiveness"] = own["cumulative_ineffectiveness"].copy_sign(
            own["cumulative_recognised"]
        )
    if kind == HedgeType.NET_INVESTMENT:
        own["cumulative_basis_adjusted"] = 0
    return closable.whole(hedge_type=kind, **own)


def expected(kind: str, row: dict[str, Any]) -> dict[str, Decimal]:
    """Balances by hand, debit +: what each account holds at the end of any life."""
    reserve = "TRANSLATION_RESERVE" if kind == HedgeType.NET_INVESTMENT else "CASH_FLOW_HEDGE_RESERVE"
    held = row["item_adjustment"] - row["item_adjustment_amortised"]
    is_fair = kind == HedgeType.FAIR_VALUE
    found = {
        "DERIVATIVE": row["carrying_amount"],
        "DERIVATIVE_NOT_DESIGNATED": row["no_longer_designated_amount"] - row["opening_fair_value"],
        "SETTLEMENT": row["settled_amount"],
        reserve: -(
            row["cumulative_recognised"] - row["cumulative_reclassified"] - row["cumulative_basis_adjusted"]
            - row["loss_not_recovered"]
        ),
        "COST_OF_HEDGING_RESERVE": -(
            row["cost_recognised"] + row["cost_amortised"] - row["cost_released"] - row["cost_lost"]
        ),
        "INEFFECTIVENESS": Decimal(0) if is_fair else -row["cumulative_ineffectiveness"],
        "FAIR_VALUE_HEDGE_RESULT": -row["cumulative_ineffectiveness"] if is_fair else Decimal(0),
        "EXCLUDED_COMPONENT": -row["excluded_in_profit_or_loss"],
        "COST_OF_HEDGING": row["cost_amortised"],
        "HEDGED_ITEM_RESULT": row["item_adjustment_amortised"] - row["cumulative_reclassified"]
        - row["cost_released"] - row["cost_lost"] - row["loss_not_recovered"],
        "HEDGED_ITEM_CARRYING_AMOUNT": held,
        "NON_FINANCIAL_ITEM": -row["cumulative_basis_adjusted"],
    }  # fmt: skip
    return {role: amount for role, amount in found.items() if amount}


def test_every_account_ends_at_what_was_measured_and_every_entry_balances() -> None:
    market.record()
    of_kind = {kind: closable.ready_of(hedge_type=kind) for kind in KINDS}
    (version,) = closable.versions(of_kind[HedgeType.CASH_FLOW])
    closable.loss_stated(version, share=Decimal(1))

    @settings(max_examples=12)
    @given(
        kind=st.sampled_from(KINDS),
        months=st.lists(st.fixed_dictionaries(dict.fromkeys(FREE, CENTS)), min_size=2, max_size=2),
    )
    def holds(kind: str, months: list[dict[str, Decimal]]) -> None:
        entity = of_kind[kind]
        with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
            for month, amounts in zip((closable.MONTH, date(2026, 10, 1)), months, strict=True):
                row = measured(kind, amounts)
                closable.measures(patch, lambda version, row=row: row)
                run = closable.close(entity, month)
                assert run.status == "PUBLISHED", run.status_reason
                assert closable.balances(entity) == expected(kind, row)
            by_entry: dict[int, Decimal] = {}
            for number, _, _, debit, credit in closable.ledger(entity):
                by_entry[number] = by_entry.get(number, Decimal(0)) + debit - credit
            assert set(by_entry.values()) <= {Decimal(0)}
            assert list(by_entry) == list(range(1, len(by_entry) + 1)), "numbers without gaps"
            transaction.set_rollback(True)

    holds()


@pytest.mark.parametrize(
    ("amount", "posted"), [("0.0050", "0"), ("0.0150", "0.02"), ("-0.0250", "-0.02"), ("0.0051", "0.01")]
)
def test_amounts_are_rounded_half_to_even(amount: str, posted: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_half_even(%s::numeric, 2)", [amount])
        assert cursor.fetchone()[0] == Decimal(posted)


def test_every_rule_has_a_paragraph_or_says_that_there_is_none() -> None:
    for rule in posting_rules.RULES:
        assert all(len(paragraph) <= 60 for paragraph in rule.paragraphs)
        assert rule.paragraph("IFRS9").startswith("IFRS 9"), rule.rule
        assert all(leg.role != rule.balancing for leg in rule.legs)
    assert set(posting_rules.needed_roles(KINDS)) == set(AccountRole)
    assert not posting_rules.needed_roles([HedgeType.ECONOMIC])


def statements(size: int, patch: Any) -> int:
    """How many a finish takes."""
    amounts = {"cumulative_recognised": 40, "cumulative_reclassified": 10, "cost_recognised": 3}
    closable.measures(patch, lambda version: closable.whole(**amounts))
    entity = closable.hedges(size)
    run = closing.request(entity=entity, period=closable.MONTH, actor=None).run
    patch.setitem(pipeline.FINISH, "CLOSE", lambda run_id: True)
    pipeline.drain(run.pk, owner="test", pace=pipeline.Pace(shard_count=1, lease_seconds=60.0))
    assert shards.are_done(run.pk)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert closing.finish(run.pk)
    assert JournalEntry.objects.filter(entity=entity).count() == 2 * size
    return len(seen)


def test_a_close_posts_in_a_fixed_number_of_statements(monkeypatch: Any) -> None:
    market.record()
    assert statements(1, monkeypatch) == statements(4, monkeypatch)


def test_one_action_posts_and_closes(monkeypatch: Any) -> None:
    closable.measures(monkeypatch, lambda version: closable.whole(cumulative_recognised=40))
    run = closable.close(closable.ready())
    events = set(JournalEntry.objects.filter(run=run).values_list("event__action", flat=True))
    assert events == {"hedges.period.closed"}
