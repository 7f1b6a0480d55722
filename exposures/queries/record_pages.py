"""What the forms that record and change exposures read."""

from __future__ import annotations

from exposures.models import Exposure, ExposureVersion
from treasury.models import Risk
from treasury.queries.rows import Row, listed

#: The source of what people record here by hand.
SOURCE = "DESK"


def risks() -> list[Row]:
    """Every risk: an exposure may be the first one of it."""
    return listed(
        Risk.objects.order_by("code").values("id", "code", "kind", "base_unit_id", "quote_currency_id")
    )


def risk(code: str) -> Row:
    found = Risk.objects.values("id", "code", "kind", "base_unit_id", "quote_currency_id").get(code=code)
    return dict(found)


def last_risk(entity_id: int) -> str:
    """The risk of the entity's newest version: the likeliest of the next one. Empty where there is none."""
    found = (
        ExposureVersion.objects.filter(entity_id=entity_id)
        .order_by("-pk")
        .values_list("risk__code", flat=True)
    )
    return found.first() or ""


def next_reference(entity: Row) -> str:
    """The reference that the form proposes: the number after those recorded by hand."""
    count = Exposure.objects.filter(entity_id=entity["id"], source_system=SOURCE).count()
    return f"{entity['code']}-{count + 1:04d}"
