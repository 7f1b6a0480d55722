"""Critical terms of a relationship's items and instruments, matched term by term with tolerances.

Currency or underlying, notional share, settlement date, for swaps start, reset and payment dates, index, location or
grade, strike style, value at the beginning, credit. Tolerances are the rule pack's; texts agree or do not. A match
supports an economic relationship, and takes nothing off the duty to measure ineffectiveness.
Reference: rules section 4; IFRS 9 B6.4.14; IAS 39 AG108; ASC 815-20-25-84, 815-20-25-126 to 25-129.
"""

from datetime import date
from typing import Any

import numpy as np

from hedges.domain.assessment.hypothetical import number
from hedges.domain.assessment.outcome import Gathered
from hedges.domain.item_values import schedules
from hedges.domain.levels import OPTION, SWAPS, designated_items, instrument_levels, is_one_sided
from hedges.enums import HedgeType
from hedges.queries.relationship_columns import FRAMEWORKS, HEDGE_TYPES
from treasury.enums import RiskKind
from treasury.quant import catalogue
from treasury.quant.codes import MatchStatus
from treasury.quant.numbers import Float, Int

NET_INVESTMENT = HEDGE_TYPES.index(HedgeType.NET_INVESTMENT)
TEN_THOUSAND = 10_000
#: Shares and ratios are compared to so many decimals, so that no rounding of a float makes a difference.
PLACES = 9


def critical_terms(of: Gathered) -> list[tuple[list[dict[str, Any]], str]]:
    """Of each relationship the terms with their tolerance and whether they match, and the status of all."""
    sides = _Sides(of)
    return [sides.matched(place) for place in range(of.found["relationship_id"].size)]


class _Sides:
    """The columns that the terms are read off, worked out once for all relationships."""

    def __init__(self, of: Gathered) -> None:
        self.of, self.look = of, of.shard.sealed.lookup
        self.items, self.item_of = designated_items(of.shard, of.found, of.items)
        self.one_sided = is_one_sided(of.found, self.item_of, of.used)
        begins = of.found["accounting_from"][:, None]
        fair, _ = instrument_levels(of.shard, of.found, of.used, begins)
        notional = of.evidence.notional
        with np.errstate(divide="ignore", invalid="ignore"):
            self.opening = np.where(fair.known[:, 0], np.abs(fair.minor[:, 0]) / notional, np.nan)
        self.credit = credit_by_scenario(of)
        floating = np.flatnonzero(self.look.is_rate[self.items.risk] & (self.items.payment_months > 0))
        self.floating = floating
        self.flows = schedules(self.items, floating, self.look.quote_currencies) if floating.size else None

    def matched(self, place: int) -> tuple[list[dict[str, Any]], str]:
        item, instrument, tolerances = self._terms(place)
        given = {"item": item, "instrument": instrument, "tolerances": tolerances}
        answer = catalogue.calculate("critical_terms_match", given)["result"]
        terms = [term | {"tolerance": tolerances.get(term["name"])} for term in answer["terms"]]
        return terms, str(answer["status"])

    def _terms(self, place: int) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
        of = self.of
        pack = of.shard.sealed.pack_of(FRAMEWORKS[int(of.found["framework"][place])])
        items = np.flatnonzero(self.item_of == place)
        hedges = np.flatnonzero(of.used.relationship == place)
        risks = of.shard.sealed.reference.risks
        own = risks[int(of.found["risk_id"][place])]
        others = [risks[int(pk)] for pk in dict.fromkeys(of.instruments["risk_id"][hedges].tolist())]
        days = str(pack["term_days_tolerance"])
        tolerances = {"notional_share": str(pack["term_amount_tolerance"])}
        item: dict[str, Any] = {"underlying": own["code"], "notional_share": "1"}
        instrument: dict[str, Any] = {
            "underlying": _one([risk["code"] for risk in others]),
            "notional_share": self._share(place),
        }
        for kind, name in ((RiskKind.RATE_INDEX, "index"), (RiskKind.COMMODITY, "location_or_grade")):
            if own["kind"] == kind:
                item[name] = own["market_symbol"]
                instrument[name] = _one([risk["market_symbol"] for risk in others])
        if of.found["hedge_type"][place] != NET_INVESTMENT:
            item["settlement_date"] = _dates(self.items.expected_date[items])
            instrument["settlement_date"] = _dates(of.used.terms.settlement_date[hedges])
            tolerances["settlement_date"] = days
        if np.isin(of.used.terms.kind[hedges], SWAPS).any() and np.isin(items, self.floating).any():
            self._swap_terms(items, hedges, item, instrument)
            tolerances |= dict.fromkeys(("start_date", "payment_dates", "reset_dates"), days)
        options = bool((of.used.terms.kind[hedges] == OPTION).any())
        item["strike_style"] = "ONE_SIDED" if self.one_sided[items].any() else "TWO_SIDED"
        instrument["strike_style"] = "ONE_SIDED" if options else "TWO_SIDED"
        item["value_at_start"], item["credit_ratio"] = "0", "0"
        instrument["value_at_start"] = _rounded(self.opening[place])
        instrument["credit_ratio"] = _rounded(self.credit[place])
        tolerances["value_at_start"] = _plain(pack["noise_threshold_bp"] / TEN_THOUSAND)
        tolerances["credit_ratio"] = str(pack["credit_watch_ratio"])
        return item, instrument, tolerances

    def _share(self, place: int) -> str | None:
        """The hedge that is there, in units of the item by the designated ratio, per unit of the item."""
        actual, designated = self.of.evidence.actual_ratio, self.of.evidence.designated_ratio
        return _rounded(float(actual[place]) / float(designated[place]))

    def _swap_terms(self, items: Int, hedges: Int, item: dict[str, Any], instrument: dict[str, Any]) -> None:
        terms, flows = self.of.used.terms, self.of.used.flows
        swaps = hedges[np.isin(terms.kind[hedges], SWAPS)]
        # The leg that mirrors the item: the floating one of floating interest, the fixed one of fixed interest.
        mirrors = flows.is_fixed if self.items.is_fixed[items].all() else flows.is_floating
        mine = np.isin(flows.row, swaps) & mirrors
        item["start_date"] = _dates(self.items.start_date[items])
        instrument["start_date"] = _dates(terms.start_date[swaps])
        instrument["payment_dates"] = _list(flows.pay_date[mine])
        instrument["reset_dates"] = _list(flows.period_start[mine])
        if self.flows is not None:
            theirs = np.isin(self.floating[self.flows.row], items)
            item["payment_dates"] = _list(self.flows.pay_date[theirs])
            item["reset_dates"] = _list(self.flows.period_start[theirs])


def credit_by_scenario(of: Gathered) -> Float:
    """The largest share of credit in what the scenarios would change: |Δcredit| / |Δfair value − Δcredit|."""
    moved = of.scenarios
    credit = np.abs(moved.credit).astype(np.float64)
    economic = np.abs(moved.instrument - moved.credit).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(moved.known & (economic > 0), credit / economic, np.nan)
    seen = ~np.isnan(shares)
    return np.where(seen.any(axis=1), np.max(np.where(seen, shares, -np.inf), axis=1), np.nan)


def is_match(status: str) -> bool:
    return status == MatchStatus.MATCHED.name


def _one(values: list[str]) -> Any:
    """The one value, or a sorted list where there are several."""
    different = sorted(set(values))
    return different[0] if len(different) == 1 else different


def _dates(ordinals: Int) -> Any:
    return _one([date.fromordinal(day).isoformat() for day in ordinals.tolist()])


def _list(ordinals: Int) -> list[str]:
    return [date.fromordinal(day).isoformat() for day in sorted(set(ordinals.tolist()))]


def _rounded(value: float) -> str | None:
    return number(round(float(value), PLACES)) if np.isfinite(value) else None


def _plain(value: Any) -> str:
    return format(value, "f")
