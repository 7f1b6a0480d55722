"""What designations are judged by, read once for all of them: risks, packs, deals within the group, day, roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from exposures.models import Exposure
from hedges.models import HedgeRelationshipVersion, Instrument
from treasury.models import Counterparty, Entity, Membership, Risk, RulePack


@dataclass(frozen=True)
class Known:
    """`days`: today in each entity, by the database's clock; `roles`: the actor's, by entity (None: at every one)."""

    risks: dict[int, Risk]
    entities: dict[int, Entity]
    days: dict[int, date]
    within_group: frozenset[int]
    exposures: dict[int, str]
    instruments: dict[int, str]
    packs: tuple[RulePack, ...]
    roles: frozenset[tuple[int | None, str]]

    def begins(self, version: HedgeRelationshipVersion) -> date:
        """Where hedge accounting begins: on the designation date, or on the day of the documentation if later."""
        return max(version.designation_date, self.days[version.entity_id])

    def pack(self, framework: str, day: date) -> RulePack | None:
        """The framework's rule pack that is in force on `day`."""
        for pack in self.packs:
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
    member = Membership.objects.filter(Q(entity=None) | Q(entity_id__in=entity_ids), user=actor)
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
        packs=tuple(RulePack.objects.filter(framework__in={version.framework for version in versions})),
        roles=frozenset(member.values_list("entity_id", "role")) if actor else frozenset(),
    )


def today(entity_ids: Iterable[int]) -> dict[int, date]:
    """The day that it is in each entity, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, (hedgebook_now() AT TIME ZONE time_zone)::date FROM treasury_entity WHERE id = ANY (%s)",
            [list(entity_ids)],
        )
        return dict(cursor.fetchall())


def _names(model: Any, ids: set[int]) -> dict[int, str]:
    return dict(model._default_manager.filter(pk__in=ids).values_list("pk", "external_reference"))
