"""What a trade ticket can name: entities, risks, banks, contracts and items; and what was recorded of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q

from exposures.enums import ExposureStatus
from exposures.models import ExposureVersion
from hedges.models import FuturesContract, Instrument, InstrumentVersion
from treasury.enums import CreditFactKind, CreditState, Decision, Role
from treasury.models import Counterparty, Membership, Risk, Unit
from treasury.queries import credit_facts
from treasury.queries.rows import Row, listed, one

#: Items shown as natural offsets to be; more are found by their own page.
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """The rows that the fields of a ticket choose from. `entities`: those whose trades the person may record."""

    entities: Sequence[Row]
    risks: Sequence[Row]
    counterparties: Sequence[Row]
    contracts: Sequence[Row]
    exposures: Sequence[Row]
    units: frozenset[str]
    today: date
    is_amendment: bool = False


def offer(
    entities: Sequence[Row],
    *,
    today: date,
    kind: str = "",
    entity_id: int | None = None,
    of: InstrumentVersion | None = None,
    item: str = "",
) -> Offer:
    """A fixed number of reads. Contracts and items only for the kinds that name one; items of one entity.

    `of`: the version that is amended; what it names is on offer in any case. `item`: the reference of the one item
    that is asked for, however many there are.
    """
    risks = Risk.objects.order_by("code").values(
        "id", "code", "name", "kind", "base_unit_id", "quote_currency_id", "market_symbol"
    )
    return Offer(
        entities=entities,
        risks=listed(risks),
        counterparties=_counterparties(today),
        contracts=_contracts(today, of.contract_id if of else None) if kind == "FUTURE" else [],
        exposures=(
            _items(entity_id, today, of.instrument_id if of else None, item)
            if kind == "NATURAL_OFFSET" and entity_id
            else []
        ),
        units=frozenset(Unit.objects.values_list("code", flat=True)),
        today=today,
        is_amendment=of is not None,
    )


def today(entity_id: int | None) -> date:
    """Today by the database's clock, where the entity is; in UTC without one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (hedgebook_now() AT TIME ZONE coalesce((SELECT time_zone FROM treasury_entity WHERE id = %s),"
            " 'UTC'))::date",
            [entity_id],
        )
        found: date = cursor.fetchone()[0]
        return found


def _counterparties(today: date) -> list[Row]:
    """`defaulted_since`: of those that are in default on the day, by the facts on record."""
    facts = credit_facts.standing(today)
    rows = listed(Counterparty.objects.values("id", "code", "name"))
    for row in rows:
        said, since = facts.get(row["id"], {}).get(CreditFactKind.DEFAULT, ("", None))
        row["defaulted_since"] = since if said == CreditState.DEFAULTED else None
    return rows


def _contracts(today: date, also: int | None) -> list[Row]:
    found = FuturesContract.objects.filter(Q(last_trade_date__gte=today) | Q(pk=also)).order_by(
        "risk__code", "last_trade_date"
    )
    return listed(
        found.values(
            "id", "code", "name", "contract_multiplier", "last_trade_date", "price_currency_id", "tick_size",
            "risk_id", risk_code=F("risk__code"),
        )
    )  # fmt: skip


def _items(entity_id: int, today: date, of_offset: int | None, reference: str = "") -> list[Row]:
    """Open approved items of the entity that are no natural offset yet, the earliest first."""
    newest = (
        ExposureVersion.objects.filter(approval__decision=Decision.APPROVED, entity_id=entity_id)
        .order_by("exposure_id", "-version_number")
        .distinct("exposure_id")
        .values("pk")
    )
    open_items = Q(status=ExposureStatus.OPEN, expected_date__gte=today, exposure__natural_offset=None)
    if of_offset is not None:
        open_items |= Q(exposure__natural_offset=of_offset)
    found = ExposureVersion.objects.filter(open_items, pk__in=newest)
    if reference:
        found = found.filter(exposure__external_reference__iexact=reference)
    return listed(
        found.order_by("expected_date", "id").values(
            "exposure_id", "expected_date", "risk_id", amount=F("exposure_amount"), unit=F("exposure_currency_id"),
            reference=F("exposure__external_reference"), risk_code=F("risk__code"), text=F("description"),
        )[:LIMIT]
    )  # fmt: skip


def sent(reference: str, source: str) -> Row | None:
    """The instrument that a ticket became, by its reference or, for a structure, the first leg; with who sent it."""
    found = Instrument.objects.filter(source_system=source, versions__version_number=1)
    return one(
        found.filter(external_reference__in=[reference, f"{reference}-A"]).values(
            "id", "entity_id", "external_reference", author_id=F("versions__author_id")
        )
    )


def newest_version(instrument_id: int, *, entity_ids: Sequence[int]) -> InstrumentVersion | None:
    """What an amendment starts from, approved or not."""
    return (
        InstrumentVersion.objects.filter(instrument_id=instrument_id, entity_id__in=entity_ids)
        .select_related("instrument", "risk", "counterparty", "contract", "author", "entity")
        .order_by("-version_number")
        .first()
    )


def version(instrument_id: int, version_id: str) -> InstrumentVersion | None:
    """The version that a person says to have read, where it is one of the instrument."""
    if not (version_id.isascii() and version_id.isdigit() and len(version_id) < 19):
        return None
    found = InstrumentVersion.objects.filter(pk=int(version_id), instrument_id=instrument_id)
    return found.select_related("instrument").first()


def approvers(entity_id: int, *, but: Any) -> list[str]:
    """Who may be the second person at an entity: approvers and hedge accountants there, without the one who sends."""
    found = Membership.objects.filter(role__in=[Role.APPROVER, Role.HEDGE_ACCOUNTANT], user__is_active=True)
    at = found.filter(entity_id=entity_id) | found.filter(entity=None)
    names = at.exclude(user=but).order_by("user__username")
    people = names.values_list("user__username", "user__first_name", "user__last_name").distinct()
    return [f"{first} {last}".strip() or name for name, first, last in people[:12]]
