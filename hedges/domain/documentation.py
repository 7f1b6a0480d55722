"""Whether a designation is documented in full: every field of IFRS 9 6.4.1(b), and elections that its framework knows.

Each function returns what is wrong, one sentence a fault; nothing is wrong where the list is empty. The trigger
`hedgebook_designation` holds the same.
"""

from collections.abc import Iterator

from hedges.enums import CostRelation, DesignatedComponent, ExcludedTreatment, HedgeType, ReleasePattern
from hedges.models import HedgeRelationshipVersion, InceptionFile
from hedges.models.inception_file import TEXTS
from treasury.enums import AccountingFramework

#: What each field of the documentation is, and the paragraph that asks for it.
FIELDS = {
    "objective": "the risk management objective",
    "rationale": "why the two offset (B6.4.4-6)",
    "ineffectiveness_sources": "the sources of ineffectiveness",
    "instrument_description": "the hedging instrument",
    "item_description": "the hedged item",
    "risk_description": "the nature of the risk",
    "assessment_description": "how effectiveness is assessed",
    "hedge_ratio_description": "how the hedge ratio is set",
    "strategy": "the risk management strategy",
    "release_pattern": "how the reserve leaves equity",
}


def missing_fields(version: HedgeRelationshipVersion, file: InceptionFile | None) -> list[str]:
    """Each field that is missing, with what it is to say; all of the file's where there is no file."""
    blank = [
        name
        for name in ("objective", "rationale", "ineffectiveness_sources")
        if not getattr(version, name).strip()
    ]
    blank += [name for name in (*TEXTS, "release_pattern") if not (getattr(file, name, "") or "").strip()]
    return [f"{name}, {FIELDS[name]}" for name in blank]


def wrong_elections(version: HedgeRelationshipVersion, file: InceptionFile) -> Iterator[str]:
    """Elections that the framework or the type of hedge does not know."""
    yield from _excluded_part(version, file)
    yield from _reserve(version, file)


def _excluded_part(version: HedgeRelationshipVersion, file: InceptionFile) -> Iterator[str]:
    component, framework = version.designated_component, version.framework
    if component in (DesignatedComponent.FORWARD, DesignatedComponent.TIME_VALUE):
        yield "a forward element or time value can only be excluded: designate WHOLE, SPOT or INTRINSIC (6.2.4)"
        return
    excludes = component in (DesignatedComponent.SPOT, DesignatedComponent.INTRINSIC) or file.basis_excluded
    treatment = file.excluded_treatment
    if excludes and treatment is None:
        yield "excluded_treatment is missing: what becomes of the part that is not designated (6.5.15, 6.5.16)"
    if not excludes and treatment is not None:
        yield "excluded_treatment is given, but nothing is excluded: leave it empty"
    if framework == AccountingFramework.IAS39 and file.basis_excluded:
        yield "IAS 39 does not exclude the currency basis alone: designate SPOT or WHOLE, basis_excluded no (39.74)"
    if framework == AccountingFramework.IAS39 and treatment == ExcludedTreatment.DEFERRED:
        yield "under IAS 39 what is excluded goes to profit or loss: excluded_treatment PROFIT_OR_LOSS (39.96)"
    if (
        framework == AccountingFramework.IFRS9
        and component == DesignatedComponent.INTRINSIC
        and treatment == ExcludedTreatment.PROFIT_OR_LOSS
    ):
        yield "under IFRS 9 an excluded time value is deferred: excluded_treatment DEFERRED (6.5.15)"
    if treatment == ExcludedTreatment.DEFERRED and file.cost_relation is None:
        choices = " or ".join(CostRelation.values)
        yield f"cost_relation is missing: what the deferred cost is related to, {choices} (B6.5.29)"
    if treatment != ExcludedTreatment.DEFERRED and file.cost_relation is not None:
        yield "cost_relation is given, but no cost is deferred: leave it empty (B6.5.29)"
    if file.spot_is_discounted and component != DesignatedComponent.SPOT:
        yield "spot_is_discounted is for a designated spot element"
    if file.qualitative_after_inception and framework != AccountingFramework.ASC815:
        yield (
            "qualitative_after_inception is an election of ASC 815 (815-20-35-2A): leave it out, the test is worked out"
            " at each period end"
        )


def _reserve(version: HedgeRelationshipVersion, file: InceptionFile) -> Iterator[str]:
    pattern, framework = file.release_pattern, version.framework
    net_investment = version.hedge_type == HedgeType.NET_INVESTMENT
    fair_value = version.hedge_type == HedgeType.FAIR_VALUE
    if (pattern == ReleasePattern.ON_DISPOSAL) != net_investment:
        yield "release_pattern: ON_DISPOSAL is for net investment hedges, and they have no other (6.5.14)"
    elif fair_value and pattern not in (ReleasePattern.WITH_ITEM, ReleasePattern.BASIS_ADJUSTMENT):
        yield (
            "release_pattern: a fair value hedge has no reserve; WITH_ITEM, or BASIS_ADJUSTMENT where what a firm"
            " commitment is adjusted by goes into the cost of what is bought (6.5.8, 6.5.9)"
        )
    kept = file.keeps_basis_in_reserve
    if kept and fair_value:
        yield "keeps_basis_in_reserve: a fair value hedge has no reserve (6.5.8)"
    elif kept and pattern != ReleasePattern.BASIS_ADJUSTMENT:
        yield "keeps_basis_in_reserve is for the release_pattern BASIS_ADJUSTMENT (39.98)"
    elif kept and framework == AccountingFramework.IFRS9:
        yield "IFRS 9 adjusts the cost of the item: keeps_basis_in_reserve is not a choice (6.5.11(d)(i))"
    into_cost = pattern == ReleasePattern.BASIS_ADJUSTMENT and not fair_value
    if into_cost and framework == AccountingFramework.ASC815 and not kept:
        yield "ASC 815 has no basis adjustment: give keeps_basis_in_reserve (815-30-35-38)"
    if file.earnings_lag_days and not kept:
        yield "earnings_lag_days is for a reserve that is kept after the item's date (keeps_basis_in_reserve)"
