"""Forecast accuracy by entity, risk or currency, and lead: what was forecast some months before the day against what
came.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from treasury.enums import RiskKind
from treasury.kernel.money import from_minor_units
from treasury.quant.codes import reason_names
from treasury.quant.ratios.forecast_accuracy import forecast_accuracy
from treasury.quant.ratios.forecast_lead import FlowVersions, forecast_before
from treasury.queries.copy import Columns

LEADS = (1, 3, 6, 12)


def by_entity_risk_and_lead(
    found: Columns, leads: list[int], entities: dict[int, str], risks: dict[int, dict]
) -> list[dict]:
    """One row a group and lead; the sums are exact, the ratios null where nothing came."""
    rows = [
        {"entity": entities[entity_id], "risk": risks[risk_id]["code"]} | row
        for (entity_id, risk_id), row in _grouped(
            found, leads, lambda last: [found["entity_id"][last], found["risk_id"][last]],
            lambda key: risks[key[1]]["base_unit_id"],
        )
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["entity"], row["risk"], row["lead"]))


def by_currency_and_lead(found: Columns, leads: list[int], risks: dict[int, dict]) -> list[dict]:
    """Every pair with one base currency, at all entities, as one group; notionals of rates are no flows of it."""
    pairs = {
        key: risk["base_unit_id"] for key, risk in risks.items() if risk["kind"] == RiskKind.CURRENCY_PAIR
    }
    units = sorted(set(pairs.values()))
    number = {key: units.index(unit) for key, unit in pairs.items()}
    of_pairs = np.isin(found["risk_id"], list(pairs))
    flows = {name: values[of_pairs] for name, values in found.items()}
    rows = [
        row
        for _, row in _grouped(
            flows, leads, lambda last: [np.array([number[key] for key in flows["risk_id"][last].tolist()])],
            lambda key: units[key[0]],
        )
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["unit"], row["lead"]))


def _grouped(
    found: Columns, leads: list[int], groups: Callable[[Any], list[Any]], unit_of: Callable[[list[int]], str]
) -> list[tuple[list[int], dict]]:
    """A row a group and lead, with the group's keys; amounts are in the unit of the group."""
    if not found["exposure_id"].size:
        return []
    starts = np.flatnonzero(np.diff(found["exposure_id"], prepend=found["exposure_id"][0] - 1))
    last = np.append(starts[1:], found["exposure_id"].size) - 1
    versions = FlowVersions(
        found["exposure_id"], found["amount"], found["counts"], found["valid_from"], found["valid_to"],
        found["known_at"], found["carried"],
    )  # fmt: skip
    keys, group = np.unique(np.stack(groups(last), axis=1), axis=0, return_inverse=True)
    actual, days = found["actual"][last], found["flow_date"][last]
    rows = []
    for lead in leads:
        forecast, there = forecast_before(versions, days, lead)
        columns = forecast_accuracy(forecast, actual, group.reshape(-1), len(keys))
        foreseen = np.bincount(group.reshape(-1)[there], minlength=len(keys))
        rows += [
            (key, _row(unit_of(key), lead, columns, place, int(foreseen[place])))
            for place, key in enumerate(keys.tolist())
        ]
    return rows


def _row(unit: str, lead: int, columns: Any, place: int, foreseen: int) -> dict:
    reasons = reason_names(int(columns.reasons[place]))

    def ratio(values: Any) -> float | None:
        return None if np.isnan(values[place]) else float(values[place])

    return {
        "unit": unit, "lead": lead, "forecast_count": foreseen,
        "flow_count": int(columns.flow_count[place]),
        "forecast_amount": from_minor_units(columns.forecast_amount[place], unit),
        "actual_amount": from_minor_units(columns.actual_amount[place], unit),
        "bias_ratio": ratio(columns.bias_ratio),
        "mean_absolute_error_ratio": ratio(columns.mean_absolute_error_ratio),
        "reason": reasons[0] if reasons else "",
    }  # fmt: skip
