"""What an explanation reads of the book: versions with who approved them, names of rows, rule packs and bands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, Model, Value
from django.db.models.functions import Concat

from exposures.models import Exposure, ExposureVersion
from hedges.models import HedgeRelationship, HedgeRelationshipVersion, Instrument, InstrumentVersion
from treasury.models import PolicyBand, PolicyVersion
from treasury.queries.known import Point, applicable
from treasury.queries.rows import Row, listed, one

_VERSION = (
    "id", "version_number", "valid_from", "approval__decided_by__username", "approval__recorded_at",
)  # fmt: skip
_NAMES: dict[type[Model], str] = {
    InstrumentVersion: "instrument__external_reference",
    ExposureVersion: "exposure__external_reference",
    HedgeRelationshipVersion: "relationship__code",
}


def version(model: type[Model], version_id: int) -> Row | None:
    """One version with its number, its name and who approved it when."""
    return one(model._default_manager.filter(pk=version_id).values(*_VERSION, name=F(_NAMES[model])))


def instrument_version(version_id: int) -> Row | None:
    """The terms as they were dealt: exact decimals."""
    found = InstrumentVersion.objects.filter(pk=version_id)
    return one(
        found.values(
            *_VERSION, "notional_amount", "strike_rate", "near_rate", "fixed_rate", "spread_rate", "entry_price",
            "counter_fixed_rate", "counter_amount", "contract_count", "option_kind", "option_side", "trade_date",
            "settlement_date", "expiry_date", "near_settlement_date", "start_date", "pay_fixed",
            name=F("instrument__external_reference"), counterparty_code=F("counterparty__code"),
            multiplier=F("contract__contract_multiplier"), contract_code=F("contract__code"),
        )
    )  # fmt: skip


def instrument_names(instrument_ids: Iterable[int]) -> dict[int, str]:
    found = Instrument.objects.filter(pk__in=list(instrument_ids))
    return dict(found.values_list("pk", "external_reference"))


def exposure_names(exposure_ids: Iterable[int]) -> dict[int, str]:
    found = Exposure.objects.filter(pk__in=list(exposure_ids))
    return dict(found.values_list("pk", "external_reference"))


def bands_of(policy_version_id: int) -> list[Row]:
    fields = ("month_from", "month_to", "lower_ratio", "target_ratio", "upper_ratio")
    found = PolicyBand.objects.filter(policy_version_id=policy_version_id)
    return listed(found.order_by("month_from").values(*fields))


def policy_version(entity_id: int, risk_id: int, on: date, known_at: datetime) -> Row | None:
    """The policy version that counted for an entity and risk."""
    found = PolicyVersion.objects.filter(policy__entity_id=entity_id, policy__risk_id=risk_id)
    counted = applicable(found, parent="policy", at=Point(on, known_at))
    name = Concat(F("policy__entity__code"), Value(" "), F("policy__risk__code"))
    return one(counted.values(*_VERSION, name=name))


def relationship_codes(relationship_ids: Iterable[int]) -> dict[int, str]:
    found = HedgeRelationship.objects.filter(pk__in=set(relationship_ids))
    return dict(found.values_list("id", "code"))
