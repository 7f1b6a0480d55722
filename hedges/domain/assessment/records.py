"""Tests outside the night as documents: every number by its column's name, the terms, the hypothetical derivatives."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db import models

from hedges.domain.assessment import criterion_rows, result_rows
from hedges.domain.assessment.credit_triggers import triggers
from hedges.domain.assessment.critical_terms import critical_terms, is_match
from hedges.domain.assessment.hypothetical import hypotheticals
from hedges.domain.assessment.missing import lacks
from hedges.domain.assessment.outcome import Gathered, Outcome, gathered, judged
from hedges.domain.sealed import Shard
from hedges.domain.unsealed import Unsealed
from hedges.enums import AssessmentOccasion
from hedges.models import (
    AssessmentRecord,
    EffectivenessCriterionResult,
    EffectivenessResult,
)
from hedges.queries.explained import relationship_codes
from treasury.domain.refusals import Refusal
from treasury.models import MarketDataSnapshot
from treasury.quant.effectiveness.flips import flips
from treasury.queries.copy import NULL

#: What a record says by itself.
KEPT_OUT = ("run_id", "relationship_id", "relationship_version_id", "entity_id")


def records(
    sealed: Unsealed, *, occasion: AssessmentOccasion, snapshot: MarketDataSnapshot
) -> list[AssessmentRecord]:
    """Unsaved, one a relationship that the inputs are for. Raises Refusal naming what cannot be valued.

    A relationship that begins today has no change yet that credit could dominate: the scenarios' changes stand for it.
    """
    of = gathered(Shard(sealed, 0, 1))
    _refuse_blind(of)
    of = _credit_ahead(of)
    terms = critical_terms(of)
    outcomes = judged(of, terms_matched=np.array([is_match(status) for _, status in terms], dtype=bool))
    numbers = _numbers(outcomes)
    built, hit = hypotheticals(of), triggers(of.shard, of.found, of.used)
    found: list[AssessmentRecord] = []
    for place, version_id in enumerate(of.found["version_id"].tolist()):
        own = numbers[int(of.found["relationship_id"][place])]
        found.append(
            AssessmentRecord(
                version_id=version_id,
                occasion=occasion,
                as_of_date=sealed.as_of_date,
                market_data_snapshot=snapshot,
                effectiveness_status=own["effectiveness_status"],
                numbers=own
                | {
                    "critical_terms_status": terms[place][1],
                    "credit_triggers": [one.as_json() for one in hit[place]],
                },
                critical_terms=terms[place][0],
                hypothetical=built[place],
            )
        )
    return found


def _refuse_blind(of: Gathered) -> None:
    """No test without a market: every relationship that cannot be seen is named, with what it lacks."""
    ids = of.found["relationship_id"]
    whole = np.isin(ids, of.items["relationship_id"]) & np.isin(ids, of.instruments["relationship_id"])
    # On the last day nothing is to come: the scenarios are not asked.
    unmoved = ~of.scenarios.known.all(axis=1) & ~of.evidence.ends_today
    unseen = np.flatnonzero(~whole | (of.evidence.blind != 0) | unmoved)
    if unseen.size:
        entities = of.shard.sealed.reference.entities
        codes = relationship_codes(of.found["relationship_id"][unseen].tolist())
        sentences = []
        for place in unseen.tolist():
            code = codes.get(int(of.found["relationship_id"][place]), "")
            entity = entities[int(of.found["entity_id"][place])]["code"]
            found = (
                lacks(of, place) if whole[place] else ["no approved item or no approved instrument is there"]
            )
            what = "; ".join(found) or _otherwise(of, place)
            sentences.append(f"{code} of {entity} cannot be tested: {what}.")
        raise Refusal(" ".join(sentences) + " Record what is missing first. Nothing was changed.")


def _otherwise(of: Gathered, place: int) -> str:
    """Where no quote is missing."""
    if of.evidence.blind[place] == 0:
        return "in a market moved as the rule pack says a value is not defined or beyond what can be stored"
    return "of its terms and these quotes no value can be worked out, or it is beyond what can be stored"


def _credit_ahead(of: Gathered) -> Gathered:
    """Where hedge accounting begins today, credit and the rest as the scenario with the largest share of credit has
    them."""
    evidence, moved = of.evidence, of.scenarios
    credit = np.abs(moved.credit)
    economic = np.abs(moved.instrument - moved.credit)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(economic > 0, credit / np.maximum(economic, 1), -1.0)
    at = (np.arange(share.shape[0]), share.argmax(axis=1))
    begins = evidence.begins_today
    ahead = replace(
        evidence,
        credit_change=np.where(begins, moved.credit[at], evidence.credit_change),
        economic_change=np.where(begins, (moved.instrument - moved.credit)[at], evidence.economic_change),
    )
    return replace(of, evidence=ahead)


def _numbers(outcomes: Sequence[Outcome]) -> dict[int, dict[str, Any]]:
    """By relationship: the columns of its result, its criteria, and what would flip its status."""
    found: dict[int, dict[str, Any]] = {}
    for outcome in outcomes:
        results = _as_json(EffectivenessResult, result_rows.result_rows(outcome))
        for row in results:
            kept = {name: value for name, value in row.items() if name not in KEPT_OUT}
            found[row["relationship_id"]] = kept | {"criteria": []}
        for row in _as_json(EffectivenessCriterionResult, criterion_rows.criterion_rows(outcome)):
            kept = {name: value for name, value in row.items() if name not in KEPT_OUT}
            found[row["relationship_id"]]["criteria"].append(kept)
    for own in found.values():
        own["flips"] = flips(own["effectiveness_status"], own["criteria"])
    return found


def _as_json(model: type[models.Model], rows: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Texts for COPY as JSON: amounts stay texts, statistics and counts become numbers."""
    kinds = {field.column: field for field in model._meta.concrete_fields}
    parsed = {name: [_value(kinds[name], cell) for cell in cells] for name, cells in rows.items()}
    return [dict(zip(parsed, values, strict=True)) for values in zip(*parsed.values(), strict=True)]


def _value(field: Any, cell: str) -> Any:
    if cell == NULL:
        return None
    if isinstance(field, ArrayField):
        inner = cell[1:-1]
        elements = inner.split(",") if inner else []
        return [None if one == "NULL" else _value(field.base_field, one) for one in elements]
    if isinstance(field, models.BooleanField):
        return cell == "t"
    if isinstance(field, models.FloatField):
        return float(cell)
    if isinstance(field, (models.IntegerField, models.ForeignKey)):
        return int(cell)
    return cell
