"""Relationships that change, with the facts that demand it, at told times."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from exposures.domain import recording
from exposures.models import ExposureVersion, ExposureVersionApproval
from hedges.domain import relationship_approval, trade_capture
from hedges.domain.assessment import decisions
from hedges.domain.changes import de_designate, discontinue, rebalance
from hedges.models import (
    HedgeRelationshipVersion,
    InstrumentAllocation,
    InstrumentVersion,
    InstrumentVersionApproval,
    ItemAllocation,
)
from tests.factories import book, clock, market
from treasury.domain import approval, audit
from treasury.models import MarketQuote

BEFORE = date(2025, 12, 30)
CHANGE = date(2026, 6, 1)
#: The day after the hedged period of the factories' relationships.
END = date(2027, 5, 1)


def hedge(amount: Any = 800_000, *, of: Any = None, **fields: Any) -> HedgeRelationshipVersion:
    """An approved hedge of `amount` out of a million dollars of an exposure and of a forward."""
    of = of or book.entity()
    item = book.exposure(1_000_000, of=of)
    forward = book.forward(-1_000_000, of=of, strike="10", counterparty=sound_bank(of))
    return book.relationship(
        of=of, items=[(item, amount)], instruments=[(forward, -Decimal(amount))], **fields
    )


def sound_bank(of: Any) -> Any:
    """A counterparty without credit risk, for an entity without credit risk."""
    bank = book.counterparty()
    known = MarketQuote.objects.filter(symbol=of.code).exists()
    codes = [bank.code] if known else [bank.code, of.code]
    with clock.at(BEFORE):
        market.record(*market.spreads(*codes, until=date(2026, 10, 30), weeks=46, value="0"))
    return bank


def items(version: HedgeRelationshipVersion) -> list[int]:
    found = ItemAllocation.objects.filter(relationship_version__relationship=version.relationship)
    return list(found.order_by("id").values_list("exposure_id", flat=True))


def instruments(version: HedgeRelationshipVersion) -> list[int]:
    found = InstrumentAllocation.objects.filter(relationship_version__relationship=version.relationship)
    return list(found.order_by("id").values_list("instrument_id", flat=True))


def rebalanced(
    version: Any, *, item: Any = None, instrument: Any = None, on: date = CHANGE, **fields: Any
) -> Any:
    """A proposal with other amounts of the first item and the first instrument."""
    volumes: dict[Any, Any] = {}
    if item is not None:
        volumes["item"] = {items(version)[0]: Decimal(item)}
    if instrument is not None:
        volumes["instrument"] = {instruments(version)[0]: Decimal(instrument)}
    values = {
        "relationship": version.relationship,
        "from_date": on,
        "volumes": volumes,
        "ineffectiveness_sources": "the two prices drift apart",
        "reason": "the two prices have moved apart",
        "actor": fields.pop("actor", None) or book.user("HEDGE_ACCOUNTANT"),
    }
    told = fields.pop("told", on)
    with clock.at(told):
        return rebalance.propose(**(values | fields))


def stopped(version: Any, cause: str, *, on: date = CHANGE, **fields: Any) -> Any:
    """A proposed discontinuation, made on the day itself."""
    values = {
        "relationship": version.relationship,
        "from_date": on,
        "cause": cause,
        "reason": "as the facts say",
    }
    values["actor"] = fields.pop("actor", None) or book.user("HEDGE_ACCOUNTANT")
    with clock.at(fields.pop("told", on)):
        return discontinue.propose(**(values | fields))


def revoked(version: Any, *, on: date = CHANGE, **fields: Any) -> Any:
    """A proposed de-designation, made on the day itself."""
    values = {"relationship": version.relationship, "from_date": on, "reason": "no longer wanted"}
    values["actor"] = fields.pop("actor", None) or book.user("HEDGE_ACCOUNTANT")
    with clock.at(fields.pop("told", on)):
        return de_designate.propose(**(values | fields))


def approve(change: Any, on: date = CHANGE) -> Any:
    with clock.at(on):
        relationship_approval.approve(versions=[change], actor=book.user("APPROVER"))
    return change


def exposure_says(
    exposure_id: int,
    *,
    on: date = CHANGE,
    told: date | datetime | None = None,
    approve: bool = True,
    **fields: Any,
) -> ExposureVersion:
    """A further version of an exposure from `on` on, recorded on that day or on the one that is `told`."""
    version = ExposureVersion.objects.filter(exposure=exposure_id).order_by("-version_number")[0]
    version.pk, version._state.adding, version.version_number = None, True, None
    version.valid_from = on
    for name, value in fields.items():
        setattr(version, name, value)
    with clock.at(told or on):
        recorded = recording.amend(versions=[version], actor=book.user(), reason="as the business says")
        if approve:
            approval.decide(versions=recorded, approvals=ExposureVersionApproval, actor=book.user())
    return recorded[0]


def instrument_says(instrument_id: int, *, on: date = CHANGE, **fields: Any) -> InstrumentVersion:
    """A further version of an instrument from `on` on."""
    version = InstrumentVersion.objects.filter(instrument=instrument_id).order_by("-version_number")[0]
    version.pk, version._state.adding, version.version_number = None, True, None
    version.valid_from = on
    for name, value in fields.items():
        setattr(version, name, value)
    with clock.at(on):
        recorded = trade_capture.amend(versions=[version], actor=book.user(), reason="as the bank says")
        approval.decide(versions=recorded, approvals=InstrumentVersionApproval, actor=book.user())
    return recorded[0]


def credit_dominates(version: Any, on: date = CHANGE) -> None:
    """A person has confirmed it."""
    with clock.at(on):
        decisions.decide(
            relationship=version.relationship, subject="CREDIT_RISK", as_of_date=on, status="NOT_EFFECTIVE",
            reason="the bank has defaulted", actor=book.user("APPROVER"),
        )  # fmt: skip


def failed_test(version: Any, on: date = CHANGE) -> None:
    """A test on demand that came out not effective."""
    with clock.at(on), audit.action("test.tested", actor=None):
        (record,) = book.bare_support([version])
        record.occasion, record.as_of_date, record.effectiveness_status = "ON_DEMAND", on, "NOT_EFFECTIVE"
        record.save()


def layers(model: Any, version: Any) -> list[tuple[Any, ...]]:
    """Units, period, planned end and strike date of every allocation of the relationship, as recorded."""
    found = model.objects.filter(relationship_version__relationship=version.relationship)
    return list(
        found.order_by("id").values_list(
            "unit_from", "unit_to", "period_from", "period_to", "planned_to", "struck_on"
        )
    )
