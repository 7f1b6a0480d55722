"""Tests outside the night on a page: verdict, criteria with what would flip it, terms, hypothetical derivatives."""

from __future__ import annotations

from hedges.web import relationship_terms, said
from treasury.quant.effectiveness.flips import flips
from treasury.web import formats, words
from treasury.web.tables import Column, Table

STATUSES = (
    ("economic_relationship_status", "Economic relationship"),
    ("credit_risk_status", "Credit risk"),
    ("hedge_ratio_status", "Hedge ratio"),
    ("dollar_offset_status", "Dollar offset"),
    ("regression_status", "Regression"),
)
STATISTICS = {
    "cumulative_ratio": "Cumulative dollar offset", "offset_slope": "Slope, as offset", "r_squared": "R²",
    "f_statistic": "F", "t_statistic": "t", "p_value": "Significance", "durbin_watson": "Durbin-Watson",
    "variance_reduction_ratio": "Variance reduction", "actual_hedge_ratio": "Hedge ratio in place",
    "credit_ratio": "Credit ratio",
}  # fmt: skip
MATCHES = {True: "MATCHED", False: "TERMS_DIFFER"}


def tests(rows: list[dict]) -> list[dict]:
    return [
        {
            "id": row["id"],
            "title": f"Test {words.label(row['occasion']).lower()}, as of {row['as_of_date']}",
            "status": formats.state(row["effectiveness_status"]),
            "digest": row["content_digest"],
            "reasons": [*(row["numbers"].get("reasons") or []), *(row["numbers"].get("warnings") or [])],
            "terms": _verdicts(row["numbers"]),
            "tables": [table for table in _tables(row) if table.rows],
        }
        for row in rows
    ]


def _verdicts(numbers: dict) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = [
        (label, relationship_terms.verdict(numbers[name])) for name, label in STATUSES if numbers.get(name)
    ]
    if numbers.get("observation_count") is not None:
        found.append(("Points", formats.count(numbers["observation_count"])))
    return found + [
        (
            label,
            formats.large_statistic(numbers[name])
            if name == "f_statistic"
            else formats.statistic(numbers[name]),
        )
        for name, label in STATISTICS.items()
        if numbers.get(name) is not None
    ]


def _tables(row: dict) -> list[Table]:
    return [
        flipping(row["effectiveness_status"], row["numbers"].get("criteria") or []),
        critical_terms(row["critical_terms"] or []),
        hypotheticals(row["hypothetical"] or []),
    ]


def flipping(status: str, criteria: list[dict]) -> Table:
    """Every criterion with the room that is left, and what the verdict would be if it alone crossed its limit."""
    then = {flip["criterion"]: flip for flip in flips(status, criteria)}
    table = relationship_terms.criteria(criteria)
    columns = [
        *table.columns,
        Column("flips_at", "Flips at", "statistic", cell=lambda row: _limit(then[row["criterion"]])),
        Column("then", "Verdict then", cell=lambda row: formats.state(then[row["criterion"]]["status_then"])),
    ]  # fmt: skip
    return Table(
        columns, criteria, caption="Criteria, the margin left, and what would flip the verdict", short=True
    )


def _limit(flip: dict) -> str:
    counted = flip["criterion"].lower() == "observation_count"
    return (formats.count if counted else formats.statistic)(flip["flips_at"])


def critical_terms(terms: list[dict]) -> Table:
    columns = [
        Column("name", "Term", cell=lambda row: words.sentence(row["name"])),
        Column("item", "Hedged item", cell=lambda row: said.said(row["name"], row["item"])),
        Column(
            "instrument", "Hedging instrument", cell=lambda row: said.said(row["name"], row["instrument"])
        ),
        Column("tolerance", "Tolerance", cell=lambda row: row.get("tolerance") or ""),
        Column("matched", "Match", cell=_match),
    ]
    return Table(columns, terms, caption="Critical terms, one by one", short=True)


def _match(row: dict) -> object:
    return formats.why("not compared") if row["matched"] is None else formats.state(MATCHES[row["matched"]])


def _value_then(row: dict) -> object:
    return said.said("amount", row["value_at_designation"])


def hypotheticals(entries: list[dict]) -> Table:
    columns = [
        Column("item", "For the item"),
        Column("kind", "Is a", cell=lambda row: words.label(row["kind"])),
        Column(
            "notional_amount",
            "Notional",
            "amount",
            cell=lambda row: said.said("amount", row["notional_amount"]),
        ),
        Column("unit", "In"),
        Column("struck_on", "Struck on"),
        Column("matures_on", "Matures on"),
        Column("struck_rate", "Struck at", "rate", cell=lambda row: formats.rate(row["struck_rate"])),
        Column("value_at_designation", "Value then", "money", cell=_value_then),
        Column("currency", "In"),
        Column(
            "reasons",
            "Note",
            cell=lambda row: ", ".join(words.reason(code) for code in row.get("reasons") or []),
        ),
    ]
    return Table(columns, entries, caption="Hypothetical derivatives, struck to zero value", short=True)
