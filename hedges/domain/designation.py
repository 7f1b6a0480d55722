"""Designating hedge relationships: the version, and the units of exposures and notionals that it takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from exposures.models import ExposureVersion
from hedges.domain.units import UnitBook
from hedges.models import (
    HedgeRelationship,
    HedgeRelationshipVersion,
    InstrumentAllocation,
    InstrumentVersion,
    ItemAllocation,
)
from treasury.domain import audit
from treasury.domain.refusals import as_refusal
from treasury.domain.versions import as_recorded
from treasury.kernel.hashing import digest


@dataclass(frozen=True)
class Designation:
    """One relationship to be: unsaved identity and version, and how much of which version it takes.

    Amounts are signed like the exposure or notional that they are part of, in its unit.
    """

    relationship: HedgeRelationship
    version: HedgeRelationshipVersion
    items: Sequence[tuple[ExposureVersion, Decimal]]
    instruments: Sequence[tuple[InstrumentVersion, Decimal]] = field(default_factory=tuple)


def designate(
    *, designations: Sequence[Designation], actor: Any, reason: str = ""
) -> list[HedgeRelationshipVersion]:
    """Records the relationships with their allocations, all or none, in a fixed number of statements.

    Units are taken from the lowest free ones. Raises Refusal where there are not enough of them, under concurrent
    designations too: the EXCLUDE constraints decide.
    """
    with as_refusal(), audit.action("hedges.relationship.designated", actor=actor, reason=reason):
        HedgeRelationship.objects.bulk_create([designation.relationship for designation in designations])
        for designation in designations:
            version = designation.version
            version.relationship = designation.relationship
            version.entity_id = designation.relationship.entity_id
            version.allocations_digest = _allocations_digest(designation)
        versions = HedgeRelationshipVersion.objects.bulk_create(
            [designation.version for designation in designations]
        )
        _allocate(designations)
        return as_recorded(versions)


def _allocations_digest(designation: Designation) -> str:
    return digest(
        [
            [["item", version.pk, str(amount)] for version, amount in designation.items],
            [["instrument", version.pk, str(amount)] for version, amount in designation.instruments],
        ]
    )


def _allocate(designations: Sequence[Designation]) -> None:
    items = UnitBook(ItemAllocation, "exposure", [v.exposure_id for d in designations for v, _ in d.items])
    instruments = UnitBook(
        InstrumentAllocation, "instrument", [v.instrument_id for d in designations for v, _ in d.instruments]
    )
    for designation in designations:
        for exposure_version, amount in designation.items:
            items.take(
                _common(designation) | {"exposure_version": exposure_version},
                subject=exposure_version.exposure_id,
                capacity=exposure_version.capacity_units,
                unit=exposure_version.exposure_currency_id,
                amount=amount,
            )
        for instrument_version, amount in designation.instruments:
            instruments.take(
                _common(designation) | {"instrument_version": instrument_version},
                subject=instrument_version.instrument_id,
                capacity=instrument_version.capacity_units,
                unit=instrument_version.notional_currency_id,
                amount=amount,
            )
    items.save()
    instruments.save()


def _common(designation: Designation) -> dict[str, Any]:
    version = designation.version
    return {
        "relationship_version": version,
        "entity_id": version.entity_id,
        "framework": version.framework,
        "risk_id": version.risk_id,
        "designated_component": version.designated_component,
        "period_from": version.designation_date,
        "period_to": version.hedge_end_date + timedelta(days=1),
    }
