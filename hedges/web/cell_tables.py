"""The tables behind a cell of the position: the exposures and hedges it is made of, and what came after the night."""

from __future__ import annotations

from django.urls import reverse

from treasury.web import formats
from treasury.web.tables import Column, Table


def exposures(scope, rows: list[dict], unit: str) -> Table:
    columns = [
        Column(
            "reference",
            "Exposure",
            link=lambda row: scope.link(reverse("exposure", args=[row["exposure_id"]])),
        ),
        Column("kind", "Kind", "label"),
        Column("expected_date", "Expected", "day"),
        Column("certainty_ratio", "Certainty", "percent"),
        Column("amount", "Amount", "amount", unit=unit, total=True),
    ]
    return Table(columns, rows, caption="Exposures", short=True, empty="No exposure in this bucket.")


def instruments(scope, rows: list[dict], unit: str) -> Table:
    columns = [
        Column(
            "reference",
            "Instrument",
            link=lambda row: scope.link(reverse("instrument", args=[row["instrument_id"]])),
        ),
        Column("kind", "Kind", "label"),
        Column("settlement_date", "Settles", "day"),
        Column("counterparty_code", "With"),
        Column("strike_rate", "Rate", "rate"),
        Column("amount", "Notional", "amount", unit=unit, total=True),
    ]
    return Table(columns, rows, caption="Hedges", short=True, empty="No hedge in this bucket.")


def since(scope, rows: list[dict], unit: str) -> Table | None:
    """What the night has not seen yet; none where there is nothing."""
    if not rows:
        return None
    columns = [
        Column(
            "reference",
            "Recorded",
            link=lambda row: scope.link(reverse(row["thing"], args=[row["thing_id"]])),
        ),
        Column("kind", "Kind", "label"),
        Column("day", "Due", "day"),
        Column("amount", "Amount", "amount", unit=unit),
        Column("status", "Status", "label"),
        Column(
            "decision", "Approval", cell=lambda row: formats.state(row["decision"] or "AWAITING_APPROVAL")
        ),
    ]
    return Table(columns, rows, caption="The next night counts what is approved", key="since", short=True)
