"""Proposed trades in tables: what to trade, how the bucket stands then, what became of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hedges.domain.proposals.sizing import Cell
from hedges.domain.proposals.trades import Planned
from hedges.enums import ProposalAim
from hedges.queries.proposals import CANCELLED, OPEN, REJECTED
from hedges.web import bands, ticket_links
from treasury.quant.codes import CoverFlag, names
from treasury.quant.ratios.horizon_profile import horizon_profile
from treasury.web import formats
from treasury.web.tables import Column, Table

STALE = "STALE"
#: What became of a trade that was dealt and counts nowhere.
GONE = {REJECTED: "rejected", CANCELLED: "cancelled"}
BANDS = ("lower_ratio", "target_ratio", "upper_ratio")
#: What a ticket of an option or a collar holds besides.
STRUCK = ("against", "rate", "sold_rate", "premium_amount", "premium_currency", "expiry_date")


def said(row: dict) -> str:
    """`Sell 50,000 USD`; of futures the contracts."""
    side = "Buy" if row["notional_amount"] > 0 else "Sell"
    amount = f"{formats.number(abs(row['notional_amount']))} {row['notional_currency_id']}"
    if row["contract_count"]:
        return f"{side} {abs(row['contract_count'])} contracts, {amount}"
    return f"{side} {amount}"


def after(planned: Planned) -> dict:
    """The bucket's row as the night would have it with the trade: by the function of the night."""
    row, trade = planned.bucket, planned.size.amount
    exposure, hedges = planned.cell.exposure, planned.cell.hedges + trade
    found = horizon_profile(
        [[max(exposure, exposure * 0)]], [[min(exposure, exposure * 0)]], [[hedges]],
        *([[getattr(planned.cell, name.removesuffix("_ratio"))]] for name in BANDS),
    )  # fmt: skip
    return row | {
        "hedge_amount": hedges,
        "coverage_ratio": float(found.coverage_ratio[0, 0]) if exposure else None,
        "flags": names(CoverFlag, found.flags[0, 0]),
    }


def plan_rows(plans: list[Planned]) -> list[dict]:
    rows = []
    for plan in plans:
        line, then = plan.line, after(plan)
        rows.append(
            {
                "bucket": bands.bucket_name(plan.bucket["month_from"], plan.bucket["month_to"]),
                "now": plan.bucket["coverage_ratio"], "now_word": bands.standing(plan.bucket),
                "then": then["coverage_ratio"], "then_word": bands.standing(then),
                "band": band(plan.cell), "kind": line.trade_kind if line else "",
                "amount": plan.size.amount or None, "count": line.contract_count if line else None,
                "day": line.value_date if line else None, "why": plan.size.why,
                **{name: line.ticket.get(name, "") if line else "" for name in STRUCK},
            }
        )  # fmt: skip
    return rows


def band(cell: Cell) -> str:
    if cell.lower is None or cell.target is None or cell.upper is None:
        return ""
    return f"{cell.lower * 100:.0f}–{cell.upper * 100:.0f} %, target {cell.target * 100:.0f} %"


def plan_table(rows: list[dict], unit: str) -> Table:
    columns = [
        Column("bucket", "Bucket"),
        Column("now", "Covered now", "percent"),
        Column("now_word", "Stands now", "state"),
        Column("band", "Band"),
        Column("amount", "Trade", "amount", unit=unit, total=True, cell=lambda row: _signed(row["amount"])),
        Column("count", "Contracts", "count"),
        Column("kind", "Kind", "label"),
        *_struck(),
        Column("day", "Value date", "day"),
        Column("then", "Covered then", "percent"),
        Column("then_word", "Stands then", "state"),
        Column("why", "Why no trade", wrap=True),
    ]
    by_need = {"count", "why", *STRUCK}
    empty = {name for name in by_need if not any(row[name] for row in rows)}
    columns = [column for column in columns if column.key not in empty]
    return Table(
        columns, rows, caption="What to trade: buy +, sell −", short=True, empty="No bucket to trade for."
    )


def _struck() -> list[Column]:
    """Strikes as the market quotes the pair, premiums of the whole amount by the night's surface."""
    return [
        Column("rate", "Strike", cell=lambda row: f"{row['rate']} {row['against']}".strip()),
        Column("sold_rate", "Sold strike"),
        Column("premium_amount", "Premium", "amount", cell=_premium),
        Column("expiry_date", "Expires"),
    ]


def _premium(row: dict) -> str:
    if row["sold_rate"]:
        return f"0 {row['premium_currency']}"
    amount = row["premium_amount"]
    return f"{formats.number(Decimal(amount))} {row['premium_currency']}" if amount else ""


def _signed(amount: object) -> str:
    return "" if amount is None else formats.number(amount)


def columns(scope, may_deal: Callable[[dict], bool], *, with_proposal: bool = True) -> list[Column]:
    found = [
        Column("id", "Trade", sort="id", cell=lambda row: _link(scope, row, said(row)), value=said),
        Column("state", "State", "state", sort="standing"),
        Column("done", "Next step", cell=lambda row: _done(scope, row, may_deal(row)), wrap=True),
        Column("entity_code", "Entity", sort="entity_code"),
        Column("risk_code", "Risk", sort="risk_code"),
        Column("bucket", "Bucket", sort="month_from", sparse=True),
        Column("aim", "Goes to", cell=lambda row: ProposalAim(row["aim"]).label if row["aim"] else ""),
        Column("trade_kind", "Kind", "label", sort="trade_kind"),
        Column("value_date", "Value date", "day", sort="value_date"),
        Column("proposal__title", "Proposal", wrap=True),
        Column("run_date", "Night", "day", sort="run_date"),
        Column("by", "By", sort="by"),
    ]
    return (
        found
        if with_proposal
        else [column for column in found if column.key not in ("proposal__title", "by")]
    )


def _link(scope, row: dict, text: str) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', scope.link(reverse("proposal", args=[row["proposal_id"]])), text
    )


def _done(scope, row: dict, may_deal: bool) -> object:
    if row["instrument_id"]:
        href = scope.link(reverse("instrument", args=[row["instrument_id"]]))
        gone = GONE.get(row["standing"])
        if gone is None:
            return format_html('Became <a href="{}">{}</a>', href, row["reference"])
        again = scope.link(reverse("propose", args=[row["entity_code"], row["risk_code"]]))
        told = format_html('<a href="{}">{}</a> was {}.', href, row["reference"], gone)
        return (
            format_html('{} <a class="button" href="{}">Propose again</a>', told, again) if may_deal else told
        )
    if row["outcome_word"]:
        return row["reason"]
    if not may_deal:
        return "Waits for a treasurer of the entity"
    return format_html(
        '<a class="button" href="{}">Open its ticket</a> <a class="button" href="{}">Dismiss</a>',
        address(row),
        scope.link(reverse("proposal-line-dismiss", args=[row["id"]])),
    )


def _stored(name: str, words: Callable[[Decimal], str]) -> Callable[[dict], str]:
    """A number that was kept as text; no limit stays empty."""
    return lambda row: "" if row.get(name) in (None, "") else words(Decimal(str(row[name])))


def inputs(rows: list[dict]) -> Table:
    """The buckets as the run had them: what a proposal for a band was worked out from."""
    columns = [
        Column("month_from", "Months ahead, from", "count", cell=lambda row: str(row["month_from"])),
        *(
            Column(name, name.capitalize(), "amount", cell=_stored(name, formats.number))
            for name in ("exposure", "hedges")
        ),
        *(
            Column(name, name.capitalize(), "percent", cell=_stored(name, formats.percent))
            for name in ("lower", "target", "upper")
        ),
        Column("why", "Why no trade", wrap=True),
    ]
    return Table(columns, rows, caption="Buckets as the run had them", short=True)


def address(row: dict) -> str:
    """The ticket that deals a line, filled in; sent, it marks the line as dealt."""
    return ticket_links.ticket(kind=row["trade_kind"], proposal_line=row["id"], **row["ticket"])


def named(rows: list[dict], is_stale: Callable[[dict], bool]) -> None:
    """Adds the words of each line: its bucket, and its state as one word."""
    for row in rows:
        row["bucket"] = (
            "" if row["month_from"] is None else bands.bucket_name(row["month_from"], row["month_to"])
        )
        row["state"] = STALE if row["standing"] == OPEN and is_stale(row) else row["standing"]
