"""Judging designations before they are recorded: every fault of every one of them in one refusal."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.documentation import missing_fields, wrong_elections
from hedges.domain.eligibility import group_faults, instrument_fault, item_fault
from hedges.domain.known import First, Known
from hedges.domain.parts import signed_amount
from hedges.enums import HedgeType, RelationshipStatus
from hedges.models import HedgeRelationship
from treasury.domain.refusals import Refusal
from treasury.enums import Role

#: What a relationship under a second framework has in common with its first one, besides the layers.
_SAME = (
    ("hedge_type", "hedge type"),
    ("risk_id", "risk"),
    ("designated_component", "designated component"),
    ("hedge_end_date", "hedge_end_date"),
    ("designated_hedge_ratio", "hedge ratio"),
)


def refuse_faults(drafts: Sequence[Any], known: Known) -> None:
    """Raises a Refusal that names the relationship, and each fault with what is to be done."""
    sentences = []
    for draft in drafts:
        faults = [*_faults(draft, known), *_parallel(draft, drafts, known)]
        if faults:
            sentences.append(f"{draft.relationship.code} cannot be designated: {'; '.join(faults)}.")
    if sentences:
        raise Refusal(" ".join(sentences))


def _faults(draft: Any, known: Known) -> Iterator[str]:
    version, file = draft.version, draft.file
    accounting = version.hedge_type != HedgeType.ECONOMIC
    if not known.holds(version.entity_id, Role.HEDGE_ACCOUNTANT, Role.TREASURER):
        yield "its preparer must be a hedge accountant or treasurer of the entity"
    yield from _framework(draft, known)
    yield from _beginning_and_end(draft)
    if accounting:
        missing = missing_fields(version, file)
        if missing:
            yield f"the documentation lacks {'; '.join(missing)} (6.4.1(b))"
        if file is not None:
            yield from _rule_pack(version, file, known)
            yield from wrong_elections(version, file)
        yield from _late(version, known)
    yield from _parts(draft, known)


def _beginning_and_end(draft: Any) -> Iterator[str]:
    version = draft.version
    if version.valid_from != version.designation_date or version.valid_to is not None:
        yield (
            f"it is valid from {version.valid_from} to {version.valid_to or 'no end'}: a designation is valid from its"
            f" designation date, {version.designation_date}, without valid_to"
        )
    if version.status != RelationshipStatus.DESIGNATED:
        yield f"its status is {version.status}: a designation has the status DESIGNATED"
    dates = [max(of.version.expected_date, of.version.window_end or date.min) for of in draft.items]
    dates += [of.version.settlement_date for of in draft.instruments]
    if version.hedge_type != HedgeType.ECONOMIC and dates and version.hedge_end_date > max(dates):
        yield (
            f"its hedge_end_date {version.hedge_end_date} is after the last date of its items and instruments,"
            f" {max(dates)}: end it with them"
        )


def _framework(draft: Any, known: Known) -> Iterator[str]:
    version = draft.version
    own = known.entities[version.entity_id].accounting_framework
    if not _is_parallel(draft.relationship) and version.framework != own:
        yield (
            f"the framework of the entity is {own}: designate under it, and under {version.framework} a relationship"
            " that is parallel to that one"
        )


def _is_parallel(relationship: HedgeRelationship) -> bool:
    return relationship.parallel_of_id is not None or relationship.parallel_of is not None


def _parallel(draft: Any, drafts: Sequence[Any], known: Known) -> Iterator[str]:
    """A relationship under a second framework is the same hedge: entity, items, instruments and amounts."""
    if not _is_parallel(draft.relationship):
        return
    first = _first_of(draft, drafts, known)
    if first is None:
        yield "the relationship that it is parallel to is not recorded: designate that one first"
        return
    code = first.relationship.code
    if first.relationship.entity_id != draft.relationship.entity_id:
        yield f"{code} is of another entity: a parallel relationship has the entity of its first one"
    if _is_parallel(first.relationship):
        yield f"{code} is itself parallel to another relationship: name the first one"
    if draft.version.framework in first.frameworks:
        yield f"{code} is under {draft.version.framework} already: a parallel relationship has another framework"
    others = [word for name, word in _SAME if getattr(draft.version, name) != getattr(first.version, name)]
    if others:
        yield (
            f"its {', '.join(others)} {'is' if len(others) == 1 else 'are'} not as in {code}: it is the same hedge, and"
            " only the elections of its file are the framework's own"
        )
    if _designated(draft) != first.amounts:
        yield f"its items, instruments and amounts are not those of {code}: a parallel relationship has the same"


def _first_of(draft: Any, drafts: Sequence[Any], known: Known) -> First | None:
    """The first relationship as it is in the book, or as it is designated together with this one."""
    if draft.relationship.parallel_of_id is not None:
        return known.firsts.get(draft.relationship.parallel_of_id)
    for other in drafts:
        if other.relationship is draft.relationship.parallel_of:
            return First(
                other.relationship,
                frozenset({other.version.framework}),
                _designated(other),
                other.version,
            )
    return None


def _designated(draft: Any) -> dict[tuple[str, int], Decimal]:
    amounts: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for version, amount in _amounts(draft.items):
        amounts["exposure", version.exposure_id] += amount
    for version, amount in _amounts(draft.instruments):
        amounts["instrument", version.instrument_id] += amount
    return dict(amounts)


def _rule_pack(version: Any, file: Any, known: Known) -> Iterator[str]:
    pack, begins = known.packs[file.rule_pack_id], known.begins(version)
    if pack.framework != version.framework:
        yield f"rule pack {pack.code} is of {pack.framework}: name one of {version.framework}"
    elif pack.valid_from > begins or (pack.valid_to is not None and pack.valid_to <= begins):
        yield f"rule pack {pack.code} is not in force on {begins}, when hedge accounting begins"


def _late(version: Any, known: Known) -> Iterator[str]:
    today = known.days[version.entity_id]
    if version.designation_date < today and not (version.late_reason or "").strip():
        yield (
            f"the designation date {version.designation_date} is before the day of the documentation, {today}, and"
            " hedge accounting never begins before it (6.4.1(b)): designate from that day on, or give late_reason,"
            " which a person besides author and approver has to accept"
        )


def _parts(draft: Any, known: Known) -> Iterator[str]:
    version, file = draft.version, draft.file
    since = known.begins(version)
    for of in draft.items:
        name = known.exposures[of.version.exposure_id]
        if of.version.risk_id != version.risk_id:
            risk, hedged = known.risks[of.version.risk_id].code, known.risks[version.risk_id].code
            yield f"item {name}: its risk is {risk}, not {hedged}: a group of items shares its risk (6.6.1)"
        fault = item_fault(version, file, of.version, of.period_from or since, known)
        if fault:
            yield f"item {name}: {fault}"
    for of in draft.instruments:
        fault = instrument_fault(version, file, of.version, of.period_from or since, known)
        if fault:
            yield f"instrument {known.instruments[of.version.instrument_id]}: {fault}"
    if version.hedge_type != HedgeType.ECONOMIC:
        yield from group_faults(_amounts(draft.items), _amounts(draft.instruments))


def _amounts(parts: Sequence[Any]) -> list[tuple[Any, Decimal]]:
    return [(of.version, signed_amount(of, *_whole(of.version))) for of in parts]


def _whole(version: Any) -> tuple[Decimal, str]:
    if hasattr(version, "exposure_amount"):
        return version.exposure_amount, version.exposure_currency_id
    return version.notional_amount, version.notional_currency_id
