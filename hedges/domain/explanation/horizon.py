"""Horizon buckets: the whole profile as one set of inputs, and the bucket's own rows behind its amounts."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.held import Held, chosen, exposures_listing, hedges_listing, held
from hedges.domain.explanation.held_versions import exposures_given, hedges_given, refers_to
from hedges.domain.explanation.origins import of_version
from hedges.domain.explanation.parts import BOOK, POLICY, Given, Listing, NothingToExplain, Source, Worked
from hedges.domain.explanation.steps import amount, arithmetic, measured, nothing, worked
from hedges.domain.terms import KIND
from hedges.enums import HORIZON_KINDS, HORIZON_MONTHS
from hedges.queries import explained
from treasury.kernel.clock import add_months
from treasury.kernel.money import from_minor_units
from treasury.quant.numbers import Bool
from treasury.queries.rows import Row

CODE = "horizon_profile"
BANDS = ("lower_ratio", "target_ratio", "upper_ratio")
#: Fields that are sums of rows: how the rows of the bucket are chosen, in words.
EXPOSURE_SUMS = {
    "inflow_amount": "exposures that are inflows (+)",
    "outflow_amount": "exposures that are outflows (−)",
    "forecast_amount": "forecast exposures",
    "firm_amount": "firm exposures",
}


def work(case: Case, field: str) -> Worked:
    """A number of one bucket."""
    found = held(case).get(case.row.risk_id)
    if found is None:
        raise NothingToExplain("The sealed book of this run holds no exposure and no hedge of that risk.")
    if field in BANDS:
        return _band(case, field)
    exposures, hedges = _in_bucket(case, found, case.row.month_from)
    own = Held(chosen(found.exposures, exposures), chosen(found.hedges, hedges), found.unit)
    if field in EXPOSURE_SUMS:
        return _exposures(case, own, field)
    if field == "position_count":
        counted = own.exposures["amount"] != 0
        listing = exposures_listing(own)
        given = [exposures_given(case, own)]
        step = arithmetic(
            "Positions", "number of open exposures", int(counted.sum()), given, listings=[listing]
        )
        return worked([step], code="position_count_ratio", field="positions_total")
    if field in HORIZON_KINDS:
        return _hedges(own, field)
    if field == "hedge_amount":
        given, listings = [hedges_given(own)], [hedges_listing(own)]
        step = arithmetic("Hedges", "sum of the five kinds", _sum(own), given, listings=listings)
        return amount([step], found.unit, code=CODE, field="buckets.hedge_amount")
    return _profile(case, found, field)


def _profile(case: Case, found: Held, field: str) -> Worked:
    """A number that the profile works out from the amounts and bands of all buckets."""
    version, bands = _policy(case)
    rows: list[dict[str, Any]] = []
    for number, month in enumerate(HORIZON_MONTHS):
        exposures, hedges = _in_bucket(case, found, month)
        own = Held(chosen(found.exposures, exposures), chosen(found.hedges, hedges), found.unit)
        sizes = own.exposures["amount"]
        after = HORIZON_MONTHS[number + 1] if number + 1 < len(HORIZON_MONTHS) else None
        band = _band_of(bands, month)
        rows.append(
            {
                "bucket": f"from {month} to {after} months" if after else f"from {month} months",
                "inflow_amount": from_minor_units(int(sizes[sizes > 0].sum()), found.unit),
                "outflow_amount": from_minor_units(int(sizes[sizes < 0].sum()), found.unit),
                "hedge_amount": _sum(own),
                **{name: band[name] if band else None for name in BANDS},
            }
        )
    words = "open exposures and live hedges of the sealed book by months ahead"
    if version:
        words += f"; bands of {of_version('policy', version).text}"
    place = HORIZON_MONTHS.index(case.row.month_from)
    listing = Listing(
        "Buckets",
        tuple(name.replace("_", " ") for name in rows[0]),
        [tuple(row.values()) for row in rows],
        len(rows),
    )
    counted = [exposures_given(case, found), hedges_given(found)]
    ids = refers_to(counted) | ({"policy_version_id": version["id"]} if version else {})
    words += "".join(f"; {one.name}: {one.source.text}" for one in counted)
    given = [Given("buckets", rows, Source(BOOK, words, ids))]
    step = measured(CODE, f"buckets.{field}", given, place=place, listings=[listing])
    if step.result is None:
        missing = field.endswith("to_hedge_amount") and rows[place]["lower_ratio"] is None
        because = "there is no policy band" if missing else "there is no exposure"
        return nothing(because, step.given, code=CODE, field=f"buckets.{field}")
    return amount([step], found.unit) if field.endswith("_amount") else worked([step])


def _band(case: Case, field: str) -> Worked:
    version, bands = _policy(case)
    band = _band_of(bands, case.row.month_from)
    if version is None or band is None:
        return nothing(
            "there is no policy band for that bucket's first month", code=CODE, field=f"buckets.{field}"
        )
    source = of_version("policy", version, f"band from month {band['month_from']} to {band['month_to']}")
    given = [Given(field, band[field], Source(POLICY, source.text, source.refers_to))]
    return worked(
        [arithmetic("The band", "as the policy has it", float(band[field]), given)],
        code=CODE,
        field=f"buckets.{field}",
    )


def _policy(case: Case) -> tuple[Row | None, list[Row]]:
    version = explained.policy_version(case.row.entity_id, case.row.risk_id, case.day, case.sealed.known_at)
    return version, explained.bands_of(version["id"]) if version else []


def _band_of(bands: list[Row], month: int) -> Row | None:
    return next((band for band in bands if band["month_from"] <= month < band["month_to"]), None)


def _in_bucket(case: Case, found: Held, month: int) -> tuple[Bool, Bool]:
    """The bucket's rows; the first one begins on the as-of date."""
    place = HORIZON_MONTHS.index(month)
    edges = [add_months(case.day, months).toordinal() for months in HORIZON_MONTHS] + [date.max.toordinal()]
    first, end = edges[place], edges[place + 1]
    due, settles = found.exposures["expected_date"], found.hedges["settlement_date"]
    return (due >= first) & (due < end), (settles >= first) & (settles < end)


def _exposures(case: Case, own: Held, field: str) -> Worked:
    rows = own.exposures
    which = {
        "inflow_amount": rows["amount"] > 0,
        "outflow_amount": rows["amount"] < 0,
        "forecast_amount": ~rows["is_firm"],
        "firm_amount": np.asarray(rows["is_firm"]),
    }[field]
    total = from_minor_units(int(rows["amount"][which].sum()), own.unit)
    step = arithmetic(
        "Exposures of this bucket",
        f"sum of {EXPOSURE_SUMS[field]}",
        total,
        [exposures_given(case, own, which)],
        listings=[exposures_listing(own, which)],
    )
    measure_field = field if field in ("inflow_amount", "outflow_amount") else "net_exposure_amount"
    return amount([step], own.unit, code=CODE, field=f"buckets.{measure_field}")


def _hedges(own: Held, field: str) -> Worked:
    kinds = [KIND[kind] for kind in HORIZON_KINDS[field]]
    which = np.isin(own.hedges["kind"], kinds)
    total = from_minor_units(int(own.hedges["notional"][which].sum()), own.unit)
    words = " and ".join(kind.label for kind in HORIZON_KINDS[field])
    given, listings = [hedges_given(own, which)], [hedges_listing(own, which)]
    step = arithmetic("Hedges of this kind", f"sum of live hedges: {words}", total, given, listings=listings)
    return amount([step], own.unit, code=CODE, field="buckets.hedge_amount")


def _sum(own: Held) -> Any:
    return from_minor_units(int(own.hedges["notional"].sum()), own.unit)
