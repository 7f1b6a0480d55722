"""Hedge ratios: of an entity and risk, of an entity at spot, of a hedge relationship."""

from __future__ import annotations

from hedges.domain.explanation import entity_ratio, relationship_ratio
from hedges.domain.explanation.case import Case
from hedges.domain.explanation.held import cover_listing, cover_of, exposures_listing, hedges_listing, held
from hedges.domain.explanation.origins import of_pack
from hedges.domain.explanation.parts import Given, NothingToExplain, Worked
from hedges.domain.explanation.ratio_parts import Parts, number
from hedges.domain.explanation.steps import arithmetic
from hedges.enums import RatioSubject


def work(case: Case, field: str) -> Worked:
    """A number of one hedge-ratio row."""
    subjects = {
        RatioSubject.ENTITY: entity_ratio.parts,
        RatioSubject.ENTITY_RISK: entity_risk,
        RatioSubject.RELATIONSHIP: relationship_ratio.parts,
    }
    return number(subjects[RatioSubject(case.row.subject)](case), field)


def entity_risk(case: Case) -> Parts:
    """Exact sums of the book's rows."""
    found = held(case).get(case.row.risk_id)
    if found is None:
        raise NothingToExplain("The sealed book of this run holds no exposure and no hedge of that risk.")
    _, counts = cover_of(case, found)
    unit = found.unit
    return Parts(
        unit=unit,
        exposure=[
            arithmetic(
                "Exposure",
                "sum of the open exposures, inflows +",
                found.exposure(),
                listings=[exposures_listing(found)],
            )
        ],
        derivative=[
            arithmetic(
                "Derivatives",
                "sum of the live notionals, bought +",
                found.derivatives(),
                listings=[hedges_listing(found, ~found.is_offset, "Derivatives; a sold option is no cover")],
            )
        ],
        offset=[
            arithmetic(
                "Natural offsets",
                "sum of the live natural offsets",
                found.offsets(),
                listings=[hedges_listing(found, found.is_offset, "Natural offsets")],
            )
        ],
        total=arithmetic("Positions", "number of open exposures", int(found.exposures["amount"].size)),
        hedged=[
            arithmetic(
                "Positions hedged",
                "positions whose cover is at least the share that counts",
                int(counts.sum()),
                [definition(case)],
                listings=[cover_listing(case, found)],
            )
        ],
        definition=definition(case),
    )


def definition(case: Case) -> Given:
    """The cover from which a position counts as hedged."""
    value = case.pack["counted_as_hedged_from"]
    return Given("counted_as_hedged_from", value, of_pack(case.pack, "counted_as_hedged_from"))
