"""What designations are judged by, read once for all of them: risks, packs, deals within the group, day, roles."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from exposures.models import Exposure
from hedges.models import (
    HedgeRelationship,
    HedgeRelationshipVersion,
    Instrument,
    InstrumentAllocation,
    InstrumentEvent,
    ItemAllocation,
)
from hedges.queries.days import today
from treasury.enums import Decision
from treasury.models import Counterparty, Entity, Risk, RulePack
from treasury.queries import access


@dataclass(frozen=True)
class First:
    """A relationship that another one is to be parallel to: what it has designated, by item and instrument.

    `version` is the one that stands: the newest approved one, or the designation.
    """

    relationship: HedgeRelationship
    frameworks: frozenset[str]
    amounts: dict[tuple[str, int], Decimal]
    version: HedgeRelationshipVersion


@dataclass(frozen=True)
class Known:
    """`days`: today in each entity, by the database's clock; `near_legs`: those of the instruments that are near legs
    of rolls; `roles`: the actor's, by entity (None: at every one).
    """

    risks: dict[int, Risk]
    entities: dict[int, Entity]
    days: dict[int, date]
    within_group: frozenset[int]
    exposures: dict[int, str]
    instruments: dict[int, str]
    packs: dict[int, RulePack]
    firsts: dict[int, First]
    near_legs: frozenset[int]
    roles: frozenset[tuple[int | None, str]]

    def begins(self, version: HedgeRelationshipVersion) -> date:
        """Where hedge accounting begins: on the designation date, or on the day of the documentation if later."""
        return max(version.designation_date, self.days[version.entity_id])

    def pack(self, framework: str, day: date) -> RulePack | None:
        """The framework's rule pack that is in force on `day`."""
        for pack in self.packs.values():
            if (
                pack.framework == framework
                and pack.valid_from <= day
                and (pack.valid_to is None or day < pack.valid_to)
            ):
                return pack
        return None

    def holds(self, entity_id: int, *wanted: str) -> bool:
        return any(role in wanted and entity in (None, entity_id) for entity, role in self.roles)


def read(versions: Iterable[HedgeRelationshipVersion], items: Any, instruments: Any, actor: Any) -> Known:
    """In a fixed number of queries, however many they are. `items`, `instruments`: versions of what is designated."""
    versions = list(versions)
    entity_ids = {version.entity_id for version in versions}
    risk_ids = {row.risk_id for row in (*versions, *items, *instruments)}
    parties = {row.counterparty_id for row in instruments} - {None}
    at = Q(entity=None) | Q(entity_id__in=entity_ids)
    return Known(
        risks=Risk.objects.in_bulk(risk_ids),
        entities=Entity.objects.in_bulk(entity_ids),
        days=today(entity_ids),
        within_group=frozenset(
            Counterparty.objects.filter(pk__in=parties, lei__in=Entity.objects.values("lei")).values_list(
                "pk", flat=True
            )
        ),
        exposures=_names(Exposure, {row.exposure_id for row in items}),
        instruments=_names(Instrument, {row.instrument_id for row in instruments}),
        packs=RulePack.objects.in_bulk(),
        firsts=_firsts({pk for version in versions if (pk := version.relationship.parallel_of_id)}),
        near_legs=frozenset(
            InstrumentEvent.objects.filter(
                near_leg_id__in={row.instrument_id for row in instruments}
            ).values_list("near_leg_id", flat=True)
        ),
        roles=frozenset(access.memberships(actor).filter(at).values_list("entity_id", "role"))
        if actor
        else frozenset(),
    )


def _firsts(ids: set[int]) -> dict[int, First]:
    if not ids:
        return {}
    frameworks: dict[int, set[str]] = defaultdict(set)
    of = "relationship_version__relationship_id"
    standing: dict[int, HedgeRelationshipVersion] = {}
    versions = HedgeRelationshipVersion.objects.filter(relationship_id__in=ids).select_related("approval")
    for version in versions.order_by("version_number"):
        frameworks[version.relationship_id].add(version.framework)
        if version.version_number == 1 or _is_approved(version):
            standing[version.relationship_id] = version
    amounts: dict[int, dict[tuple[str, int], Decimal]] = defaultdict(dict)
    for kind, model in (("exposure", ItemAllocation), ("instrument", InstrumentAllocation)):
        rows = model._default_manager.filter(**{f"{of}__in": ids}, released_at=None)
        for pk, subject, amount in rows.values_list(of, f"{kind}_id").annotate(Sum("designated_amount")):
            amounts[pk][kind, subject] = amount
    return {
        pk: First(relationship, frozenset(frameworks[pk]), amounts[pk], standing[pk])
        for pk, relationship in HedgeRelationship.objects.in_bulk(ids).items()
        if pk in standing
    }


def _is_approved(version: HedgeRelationshipVersion) -> bool:
    approval = getattr(version, "approval", None)
    return approval is not None and approval.decision == Decision.APPROVED


def _names(model: Any, ids: set[int]) -> dict[int, str]:
    return dict(model._default_manager.filter(pk__in=ids).values_list("pk", "external_reference"))
