"""An entity whose month can be closed, and measured amounts of one's choice in place of the measurement step."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hedges.domain import account_map, closing, reversal, unrecovered_loss
from hedges.enums import AccountRole
from hedges.models import (
    AccountMapVersion,
    HedgeRelationshipVersion,
    JournalEntry,
    JournalLine,
    UnrecoveredLossVersion,
)
from tests.factories import book, hedged, market
from treasury.domain import audit
from treasury.domain.versions import as_recorded
from treasury.enums import RunStep
from treasury.models import CalculationRun, Entity
from treasury.nightly import pipeline
from treasury.nightly.steps.context import Rows, Shard

MONTH = date(2026, 9, 1)
TABLE = "hedges_measurementresult"
ACCOUNTS = {
    role.value: {"code": f"{number}", "name": role.label} for number, role in enumerate(AccountRole, 1000)
}
AMOUNTS = (
    "opening_fair_value", "fair_value_change", "carrying_amount", "settled_amount", "no_longer_designated_amount",
    "cumulative_change_instrument", "cumulative_change_hypothetical", "cumulative_recognised",
    "cumulative_ineffectiveness", "cumulative_reclassified", "cumulative_basis_adjusted", "loss_not_recovered",
    "reserve_balance",
    "excluded_in_profit_or_loss", "cost_recognised", "cost_amortised", "cost_released", "cost_lost",
    "cost_reserve_balance",
    "item_adjustment", "item_adjustment_amortised",
)  # fmt: skip


def accounts(of: Entity, chart: Mapping[str, Any] = ACCOUNTS, **fields: Any) -> AccountMapVersion:
    """An approved account map."""
    version = account_map.record(
        entity=of,
        accounts=chart,
        actor=book.user("HEDGE_ACCOUNTANT"),
        **({"valid_from": book.START} | fields),
    )
    account_map.approve(versions=[version], actor=book.user("APPROVER"))
    return version


def ready(size: int = 1, **fields: Any) -> Entity:
    """An entity with hedges, an account map and rates: its September can be closed."""
    market.record()
    return hedges(size, **fields)


def hedges(size: int = 1, **fields: Any) -> Entity:
    """The same without the rates, for the second entity of a test."""
    entity = hedged.hedged_book(size, of=book.entity(**fields))
    accounts(entity)
    return entity


def ready_of(of: Entity | None = None, *, begun: date = hedged.DESIGNATED, **fields: Any) -> Entity:
    """An entity with one hedge of a type of one's choice; once there are rates it can be closed."""
    entity, due = of or book.entity(), date(2027, 1, 29)
    book.rule_pack(entity.accounting_framework)
    kinds = {"FAIR_VALUE": "RECOGNISED_ASSET", "NET_INVESTMENT": "NET_INVESTMENT"}
    kind = kinds.get(fields.get("hedge_type", ""), "HIGHLY_PROBABLE_FORECAST")
    bank = book.counterparty()
    item = book.exposure(500_000, of=entity, kind=kind, expected_date=due)
    hedge = book.forward(-500_000, of=entity, trade_date=begun, settlement_date=due, counterparty=bank)
    book.relationship(
        of=entity, items=[(item, 500_000)], instruments=[(hedge, -500_000)], designation_date=begun,
        hedge_end_date=due, **fields,
    )  # fmt: skip
    market.record_spreads(bank.code, entity.code)
    accounts(entity)
    return entity


def loss_stated(
    version: HedgeRelationshipVersion, *, approve: bool = True, amount: Decimal | None = None,
    share: Decimal | None = None, on: date = MONTH + timedelta(days=10),
) -> UnrecoveredLossVersion:  # fmt: skip
    """A loss that will not be recovered, without a look at what is in the reserve."""
    with audit.action("test.loss_stated", actor=book.user("HEDGE_ACCOUNTANT")):
        made = UnrecoveredLossVersion.objects.create(
            relationship_id=version.relationship_id, valid_from=on, loss_amount=amount, loss_share=share,
            currency_id="EUR", change_reason="sold below its cost", evidence="the offer",
        )  # fmt: skip
    (recorded,) = as_recorded([made])
    if approve:
        unrecovered_loss.approve(version=recorded, actor=book.user("APPROVER"))
    return recorded


def versions(entity: Entity) -> list[HedgeRelationshipVersion]:
    return list(HedgeRelationshipVersion.objects.filter(entity=entity).order_by("relationship_id"))


def whole(**amounts: Any) -> dict[str, Decimal]:
    """Amounts that add up: what is not given is zero, what is a sum of others is made."""
    row = {name: Decimal(amounts.get(name, 0)) for name in AMOUNTS}
    on_item = row["item_adjustment"] if amounts.get("hedge_type") == "FAIR_VALUE" else Decimal(0)
    told = {
        "cumulative_change_instrument": row["cumulative_recognised"] + row["cumulative_ineffectiveness"] - on_item,
        "cumulative_change_hypothetical": row["cumulative_recognised"],
        "reserve_balance": row["cumulative_recognised"] - row["cumulative_reclassified"]
        - row["cumulative_basis_adjusted"] - row["loss_not_recovered"],
        "cost_reserve_balance": row["cost_recognised"] + row["cost_amortised"] - row["cost_released"]
        - row["cost_lost"],
    }  # fmt: skip
    row |= {name: Decimal(amounts.get(name, value)) for name, value in told.items()}
    row["fair_value_change"] = (
        row["cumulative_recognised"] + row["cumulative_ineffectiveness"] + row["cost_recognised"]
        + row["excluded_in_profit_or_loss"] - on_item
    )  # fmt: skip
    row["carrying_amount"] = (
        row["opening_fair_value"] + row["fair_value_change"] - row["settled_amount"]
        - row["no_longer_designated_amount"]
    )  # fmt: skip
    return row


def step(of: Callable[[HedgeRelationshipVersion], dict[str, Any]]) -> Callable[[Shard], dict[str, Rows]]:
    """A step that writes, for each relationship of the shard, the fields that `of` says of it."""

    def compute(shard: Shard) -> dict[str, Rows]:
        only = shard.sealed.entity_id
        owners = Entity.objects.filter(pk=only) if only else Entity.objects.all()
        every = [one for owner in owners for one in versions(owner)]
        rows = [
            _row(shard, one, of(one)) for one in every if one.relationship_id % shard.count == shard.number
        ]
        names = list(_row(shard, every[0], {}))
        return {TABLE: {name: [row[name] for row in rows] for name in names}}

    return compute


def measures(monkeypatch: Any, of: Callable[[HedgeRelationshipVersion], dict[str, Any]]) -> None:
    """From here on closes measure what `of` says."""
    monkeypatch.setitem(pipeline.STEPS, RunStep.MEASUREMENT, step(of))


def close(entity: Entity, month: date = MONTH, *, shard_count: int = 1, actor: Any = None) -> CalculationRun:
    """A close in this process, whatever becomes of it."""
    run = closing.request(entity=entity, period=month, actor=actor or book.user("HEDGE_ACCOUNTANT")).run
    pipeline.drain(run.pk, owner="test", pace=pipeline.Pace(shard_count=shard_count, lease_seconds=600.0))
    run.refresh_from_db()
    return run


def reversed_by_two(entry: JournalEntry, reason: str = "the wrong month", **fields: Any) -> JournalEntry:
    """An entry taken back: one person proposes it, another one agrees."""
    version = reversal.propose(entry=entry, actor=book.user("HEDGE_ACCOUNTANT"), reason=reason, **fields)
    return reversal.approve(version=version, actor=book.user("APPROVER"))


def ledger(entity: Entity) -> list[tuple[Any, ...]]:
    """Every line, in the order of the journal."""
    lines = JournalLine.objects.filter(entry__entity=entity).order_by("entry__number", "line_number")
    return list(
        lines.values_list("entry__number", "entry__rule", "account_role", "debit_amount", "credit_amount")
    )


def balances(entity: Entity) -> dict[str, Decimal]:
    """Debits less credits by role, without the zero ones."""
    found: dict[str, Decimal] = {}
    for _, _, role, debit, credit in ledger(entity):
        found[role] = found.get(role, Decimal(0)) + debit - credit
    return {role: amount for role, amount in found.items() if amount}


def entries(entity: Entity) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(entity=entity).order_by("number"))


def _row(shard: Shard, version: HedgeRelationshipVersion, fields: dict[str, Any]) -> dict[str, str]:
    values: dict[str, Any] = {
        "run_id": shard.sealed.run_id, "entity_id": version.entity_id, "status": "OK", "reasons": "{}",
        "relationship_id": version.relationship_id, "relationship_version_id": version.pk,
        "framework": version.framework, "hedge_type": version.hedge_type, "functional_currency": "EUR",
        "life_stage": "ACTIVE", "accounting_from": version.designation_date, "ended_on": "\\N",
        "effectiveness_status": "EFFECTIVE", "decided_by_person": "f", "is_qualifying": "t", "knot_dates": "{}",
        "knot_instrument_changes": "{}", "knot_hypothetical_changes": "{}", "knot_recognised": "{}",
        "knot_qualifying": "{}",
    }  # fmt: skip
    return {name: str(value) for name, value in (values | whole() | fields).items()}
