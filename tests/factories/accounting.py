"""Closed months with journal entries and measurements of one's choice, for tests of what reads them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from hedges.domain import posting_rules
from hedges.domain.unsealed import database_time
from hedges.models import (
    AccountingPeriod,
    CostOfHedgingResult,
    HedgeRelationshipVersion,
    JournalEntry,
    JournalLine,
    JournalReversalVersion,
    JournalReversalVersionApproval,
    MeasurementResult,
)
from tests.factories import book
from tests.factories.night import DIGEST, insert
from treasury.domain import audit
from treasury.domain.versions import as_recorded
from treasury.models import BookSnapshot, CalculationRun, Entity, MarketDataSnapshot, RunShard, User

ACCOUNTS = {
    "DERIVATIVE": ("1100", "Derivative financial instruments"),
    "DERIVATIVE_NOT_DESIGNATED": ("1110", "Other derivatives"),
    "SETTLEMENT": ("1000", "Bank"),
    "CASH_FLOW_HEDGE_RESERVE": ("3100", "Cash flow hedge reserve"),
    "COST_OF_HEDGING_RESERVE": ("3110", "Cost of hedging reserve"),
    "TRANSLATION_RESERVE": ("3120", "Translation reserve"),
    "INEFFECTIVENESS": ("7100", "Other financial result"),
    "EXCLUDED_COMPONENT": ("7110", "Other financial result, excluded"),
    "COST_OF_HEDGING": ("7120", "Finance cost"),
    "FAIR_VALUE_HEDGE_RESULT": ("7130", "Result of fair value hedges"),
    "HEDGED_ITEM_RESULT": ("4000", "Revenue"),
    "HEDGED_ITEM_CARRYING_AMOUNT": ("2100", "Borrowings"),
    "NON_FINANCIAL_ITEM": ("1300", "Inventories"),
}
AMOUNTS = [one.name for one in MeasurementResult._meta.concrete_fields if getattr(one, "measure", "")]
PARAGRAPHS = {"REMEASUREMENT": "IFRS 9 6.5.11", "RECLASSIFICATION": "IFRS 9 6.5.11(d)(ii)"}


@dataclass
class Entry:
    """`legs`: roles with amounts, credits + and debits −; they sum to zero."""

    version: Any
    rule: str
    legs: Sequence[tuple[str, Any]]
    reversal_of: JournalEntry | None = None
    description: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


def remeasurement(version: Any, change: Any, recognised: Any, *, cost: Any = 0, excluded: Any = 0) -> Entry:
    """The instrument gained `change`; what is not recognised in a reserve is ineffectiveness."""
    rest = Decimal(change) - Decimal(recognised) - Decimal(cost) - Decimal(excluded)
    reserve = "TRANSLATION_RESERVE" if version.hedge_type == "NET_INVESTMENT" else "CASH_FLOW_HEDGE_RESERVE"
    legs = [("DERIVATIVE", -Decimal(change)), (reserve, recognised), ("INEFFECTIVENESS", rest),
            ("COST_OF_HEDGING_RESERVE", cost), ("EXCLUDED_COMPONENT", excluded)]  # fmt: skip
    return Entry(version, "REMEASUREMENT", legs)


def reclassification(version: Any, amount: Any) -> Entry:
    reserve = "TRANSLATION_RESERVE" if version.hedge_type == "NET_INVESTMENT" else "CASH_FLOW_HEDGE_RESERVE"
    return Entry(version, "RECLASSIFICATION", [(reserve, -Decimal(amount)), ("HEDGED_ITEM_RESULT", amount)])


def basis_adjustment(version: Any, amount: Any) -> Entry:
    legs = [("CASH_FLOW_HEDGE_RESERVE", -Decimal(amount)), ("NON_FINANCIAL_ITEM", amount)]
    return Entry(version, "BASIS_ADJUSTMENT", legs)


def reversal(of: Entry, posted: JournalEntry) -> Entry:
    """The posted entry taken back by a new one."""
    legs = [(role, -Decimal(amount)) for role, amount in of.legs]
    return Entry(of.version, of.rule, legs, reversal_of=posted)


def measurement(version: Any, **fields: Any) -> MeasurementResult:
    """What a close has measured; amounts that are not given are zero."""
    zero = Decimal(0)
    values: dict[str, Any] = dict.fromkeys(AMOUNTS, zero) | {
        "status": "OK", "framework": version.framework, "hedge_type": version.hedge_type, "functional_currency": "EUR",
        "life_stage": "ACTIVE", "accounting_from": version.designation_date, "ended_on": None,
        "effectiveness_status": "EFFECTIVE", "decided_by_person": False, "is_qualifying": True, "knot_dates": [],
        "knot_instrument_changes": [], "knot_hypothetical_changes": [], "knot_recognised": [], "knot_qualifying": [],
    }  # fmt: skip
    return MeasurementResult(
        entity_id=version.entity_id, relationship_id=version.relationship_id, relationship_version=version,
        **(values | fields),
    )  # fmt: skip


def as_posted(
    of: Entity,
    entries: Sequence[Entry],
    measured: Iterable[MeasurementResult | CostOfHedgingResult],
    on: date,
) -> list[MeasurementResult | CostOfHedgingResult]:
    """The measurements with the amounts that the ledger will have: a close posts what is measured, nothing else.

    Whatever else has begun hedge accounting by that day is measured with zeros: a close leaves none out.
    """
    rows = list(measured)
    ledger: dict[int, dict[tuple[str, str], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in JournalLine.objects.filter(entry__entity=of).select_related("entry"):
        key = (line.entry.rule, line.account_role)
        ledger[line.entry.relationship_id][key] += line.debit_amount - line.credit_amount
    for entry in entries:
        for role, amount in entry.legs:
            ledger[entry.version.relationship_id][entry.rule, role] -= Decimal(amount)
    there = {row.relationship_id for row in rows if isinstance(row, MeasurementResult)}
    rows += [measurement(version) for version in _begun(of, on) if version.relationship_id not in there]
    for row in rows:
        if isinstance(row, MeasurementResult):
            sums = ledger.get(row.relationship_id)
            for name, value in _measured(row.hedge_type, sums).items() if sums else ():
                setattr(row, name, value)
            _add_up(row)
    return rows


def _begun(of: Entity, on: date) -> list[HedgeRelationshipVersion]:
    versions = HedgeRelationshipVersion.objects.filter(entity=of, designation_date__lte=on, version_number=1)
    return list(versions.filter(approval__decision="APPROVED").exclude(hedge_type="ECONOMIC"))


def _add_up(row: MeasurementResult) -> None:
    """What is a sum of other amounts, and the item's change that the reserve is the lower of, where a test has told
    another or none (IFRS 9)."""
    amount = {name: Decimal(getattr(row, name)) for name in AMOUNTS}
    kept = amount["cumulative_recognised"]
    change = kept + amount["cumulative_ineffectiveness"]
    change -= amount["item_adjustment"] if row.hedge_type == "FAIR_VALUE" else 0
    row.cumulative_change_instrument = change
    row.fair_value_change = change + amount["cost_recognised"] + amount["excluded_in_profit_or_loss"]
    row.carrying_amount = (
        amount["opening_fair_value"] + row.fair_value_change - amount["settled_amount"]
        - amount["no_longer_designated_amount"]
    )  # fmt: skip
    row.reserve_balance = (
        kept - amount["cumulative_reclassified"] - amount["cumulative_basis_adjusted"] - amount["loss_not_recovered"]
    )  # fmt: skip
    row.cost_reserve_balance = (
        amount["cost_recognised"] + amount["cost_amortised"] - amount["cost_released"] - amount["cost_lost"]
    )
    item = amount["cumulative_change_hypothetical"]
    lower = min(change, item, key=abs) if change * item > 0 else Decimal(0)
    if row.framework == "IFRS9" and row.hedge_type in ("CASH_FLOW", "NET_INVESTMENT") and kept != lower:
        row.cumulative_change_hypothetical = kept


def _measured(hedge_type: str, sums: dict[tuple[str, str], Decimal]) -> dict[str, Decimal]:
    """The posting rules the other way round: from debits to the measured amounts."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for rule in posting_rules.rules_of(hedge_type):
        for leg in rule.legs:
            if len(leg.terms) == 1:
                sign, name = leg.terms[0]
                found[name] += sign * sums.get((rule.rule.value, leg.role.value), Decimal(0))
    if hedge_type == "FAIR_VALUE":
        result = sums.get(("REMEASUREMENT", "FAIR_VALUE_HEDGE_RESULT"), Decimal(0))
        found["cumulative_ineffectiveness"] = found["item_adjustment"] - result
    return found


def entries_of(version: Any, row: MeasurementResult) -> list[Entry]:
    """What a first close posts of a measurement, by the posting rules."""
    found = []
    for rule in posting_rules.rules_of(row.hedge_type):
        debits = [
            (leg.role.value, sum(sign * (getattr(row, name) or Decimal(0)) for sign, name in leg.terms))
            for leg in rule.legs
            if leg.when == "always"
        ]
        rest = sum(amount for _, amount in debits)
        if any(amount for _, amount in debits):
            legs = [(role, -amount) for role, amount in debits] + [(rule.balancing.value, rest)]
            found.append(Entry(version, rule.rule.value, legs))
    return found


def untied(owner: Any) -> None:
    """The owner of the database takes away the guards that a period is closed with what was measured, and that what
    is measured adds up."""
    with owner.cursor() as cursor:
        for guard in ("a_whole", "ties", "lower_of"):
            cursor.execute(f"ALTER TABLE hedges_accountingperiod DISABLE TRIGGER accountingperiod_{guard}")
        for held in ("reserve", "cost_reserve", "of_its_kind", "ifrs9_qualifies", "path"):
            cursor.execute(f"ALTER TABLE hedges_measurementresult DROP CONSTRAINT measurement_{held}")


def closed_month(
    of: Entity,
    month: date,
    entries: Iterable[Entry] = (),
    measured: Iterable[MeasurementResult | CostOfHedgingResult] = (),
    *,
    actor: User | None = None,
    tied: bool = True,
    steps: Sequence[str] = ("EFFECTIVENESS", "MEASUREMENT"),
    shard_count: int = 1,
) -> list[JournalEntry]:
    """Posts the entries of a month and closes it by a published run with these measurements, in one action.

    Not `tied`, the measurements stay as they are given: only where the owner has taken the guard away (`untied`).
    """
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    actor = actor or book.user("HEDGE_ACCOUNTANT")
    entries = list(entries)
    proposed = [_proposed(last, entry) for entry in entries]
    now = database_time()
    with audit.action("test.month.closed", actor=actor), connection.cursor() as cursor:
        run = CalculationRun.objects.create(
            kind="CLOSE", scope=of.code, as_of_date=last, revision=1, requested_by=actor
        )
        common = {"as_of_date": last, "known_at": now, "content_digest": DIGEST}
        market = MarketDataSnapshot.objects.create(**common, first_quote_date=last, quote_count=1)
        sealed = BookSnapshot.objects.create(
            **common, exposure_count=1, instrument_count=1, relationship_count=1
        )
        CalculationRun.objects.filter(pk=run.pk).update(
            status="RUNNING", known_at=now, market_data_snapshot=market, book_snapshot=sealed, started_at=now
        )
        for place, step in enumerate(steps, 1):
            RunShard.objects.create(
                run=run, step=step, step_number=place, shard_number=0, shard_count=shard_count
            )
        cursor.execute("SELECT open_run_results(%s)", [run.pk])
        for row in as_posted(of, entries, measured, last) if tied else list(measured):
            row.run_id = run.pk
            insert(cursor, row)
        shards = RunShard.objects.filter(run=run)
        shards.update(status="LEASED", epoch=1, lease_expires_at=now, started_at=now)
        shards.update(status="DONE", row_count=1, finished_at=now)
        cursor.execute("SELECT publish_run(%s)", [run.pk])
        period = AccountingPeriod.objects.filter(entity=of, period_start=month).first()
        period = period or AccountingPeriod.objects.create(entity=of, period_start=month)
        posted = [
            _post(of, period, run, last, entry, version)
            for entry, version in zip(entries, proposed, strict=True)
        ]
        AccountingPeriod.objects.filter(pk=period.pk).update(
            status="CLOSED", run=run, closed_at=now, closed_by=actor
        )
    return posted


def _proposed(on: date, entry: Entry) -> JournalReversalVersion | None:
    """Where an entry takes another one back: the first person's proposal."""
    if entry.reversal_of is None:
        return None
    with audit.action("test.reversal.proposed", actor=book.user("HEDGE_ACCOUNTANT")):
        version = JournalReversalVersion.objects.create(
            entry=entry.reversal_of, valid_from=on, change_reason="as the test says"
        )
    return as_recorded([version])[0]


def _post(
    of: Entity, period: AccountingPeriod, run: CalculationRun, on: date, entry: Entry,
    proposed: JournalReversalVersion | None,
) -> JournalEntry:  # fmt: skip
    if proposed is not None:
        JournalReversalVersionApproval.objects.create(
            version=proposed, decision="APPROVED", content_digest=proposed.content_digest
        )
    values: dict[str, Any] = {
        "entity": of, "number": 0, "period": period, "entry_date": on, "framework": entry.version.framework,
        "currency_id": of.functional_currency_id, "relationship_id": entry.version.relationship_id,
        "rule": entry.rule, "paragraph": PARAGRAPHS.get(entry.rule, "IFRS 9 6.5"),
        "description": entry.description or entry.rule.replace("_", " ").lower(),
        "run": None if entry.reversal_of else run,
        "reversal_of": entry.reversal_of,
    }  # fmt: skip
    posted = JournalEntry.objects.create(**(values | entry.fields))
    posted.refresh_from_db()
    legs = [(role, Decimal(amount)) for role, amount in entry.legs if amount]
    JournalLine.objects.bulk_create(
        JournalLine(
            entry=posted, line_number=place, account_role=role, account_code=ACCOUNTS[role][0],
            account_name=ACCOUNTS[role][1], debit_amount=max(-amount, Decimal(0)),
            credit_amount=max(amount, Decimal(0)),
        )
        for place, (role, amount) in enumerate(legs, 1)
    )  # fmt: skip
    return posted
