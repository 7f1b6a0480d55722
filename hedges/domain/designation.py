"""Designating hedge relationships: the documentation, the version, the units it takes and its test at inception."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hedges.domain import known as reading
from hedges.domain.assessment import inception
from hedges.domain.known import Known
from hedges.domain.parallel_layers import refuse_other_layers
from hedges.domain.parts import part
from hedges.domain.reservation import reserve
from hedges.domain.scrutiny import refuse_faults
from hedges.domain.units import UnitBook
from hedges.enums import AssessmentOccasion, ChangeKind, HedgeType
from hedges.models import (
    AssessmentRecord,
    HedgeRelationship,
    HedgeRelationshipVersion,
    InceptionFile,
)
from treasury.domain import audit
from treasury.domain.exactness import refuse_rounding
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.versions import as_recorded

#: Makes the tests at inception of versions that have just been recorded: unsaved rows, one a version.
Support = Callable[[Sequence[HedgeRelationshipVersion]], Sequence[AssessmentRecord]]


@dataclass(frozen=True)
class Designation:
    """One relationship to be: unsaved identity, version and inception file, and the parts that it takes.

    A part is a `Part` or a pair (version, amount); amounts are signed like the exposure or notional that they are part
    of, in its unit. An economic hedge has no file. The file's rule pack, if none is set, is the one in force.
    """

    relationship: HedgeRelationship
    version: HedgeRelationshipVersion
    items: Sequence[Any]
    instruments: Sequence[Any] = field(default_factory=tuple)
    file: InceptionFile | None = None


def designate(
    *, designations: Sequence[Designation], actor: Any, reason: str = "", support: Support | None = None
) -> list[HedgeRelationshipVersion]:
    """Records the relationships with file, version, allocations and test at inception, all or none.

    In a fixed number of statements, however many they are. Units are taken from the lowest free ones, or the layer
    that is asked for. Raises Refusal naming every fault: what the documentation lacks, an election that the framework
    does not know, who is not eligible, a date before the documentation without a reason, units that are not free;
    under concurrent designations the EXCLUDE constraints decide.
    """
    drafts = [_draft(designation) for designation in designations]
    with as_refusal(), audit.action("hedges.relationship.designated", actor=actor, reason=reason):
        known = reading.read(
            [draft.version for draft in drafts],
            [of.version for draft in drafts for of in draft.items],
            [of.version for draft in drafts for of in draft.instruments],
            actor,
        )
        _prepare(drafts, known)
        books = _judged(drafts, known)
        refuse_other_layers(drafts, books, known)
        _save_identities(drafts)
        versions = HedgeRelationshipVersion.objects.bulk_create([draft.version for draft in drafts])
        for book in books:
            book.save()
        recorded = as_recorded(versions)
        _test_at_inception(recorded, support)
        return recorded


def _draft(designation: Designation) -> Designation:
    """The same with every part as a Part, and entity and kind of change where they belong."""
    version = designation.version
    version.relationship = designation.relationship
    version.entity_id = designation.relationship.entity_id
    version.change_kind = version.change_kind or ChangeKind.DESIGNATION
    items, instruments = map(part, designation.items), map(part, designation.instruments)
    return Designation(designation.relationship, version, list(items), list(instruments), designation.file)


def _prepare(drafts: Sequence[Designation], known: Known) -> None:
    refuse_rounding([draft.version for draft in drafts])
    for draft in drafts:
        first = known.firsts.get(draft.relationship.parallel_of_id or 0)
        if first is not None:
            draft.relationship.parallel_of = first.relationship
        if draft.file is not None and draft.file.rule_pack_id is None:
            pack = known.pack(draft.version.framework, known.begins(draft.version))
            if pack is None:
                raise Refusal(
                    f"{draft.relationship.code}: no {draft.version.framework} rule pack is in force on"
                    f" {known.begins(draft.version)}; one comes with the program, or give rule_pack."
                )
            draft.file.rule_pack = pack


def _judged(drafts: Sequence[Designation], known: Known) -> tuple[UnitBook, UnitBook]:
    """The units that are taken; one Refusal with every fault and every part that is not free."""
    said, books = [], None
    try:
        refuse_faults(drafts, known)
    except Refusal as refusal:
        said.append(str(refusal))
    try:
        books = reserve(drafts, known)
    except Refusal as refusal:
        said.append(str(refusal))
    if said or books is None:
        raise Refusal(" ".join(dict.fromkeys(said)))
    return books


def _save_identities(drafts: Sequence[Designation]) -> None:
    """Relationships, first ones before those that are parallel to them, and their files."""
    relationships = [draft.relationship for draft in drafts]
    HedgeRelationship.objects.bulk_create([row for row in relationships if row.parallel_of is None])
    HedgeRelationship.objects.bulk_create([row for row in relationships if row.parallel_of is not None])
    files = []
    for draft in drafts:
        if draft.file is not None:
            draft.file.relationship = draft.relationship
            draft.version.inception_file = draft.file
            files.append(draft.file)
    InceptionFile.objects.bulk_create(files)


def _test_at_inception(versions: Sequence[HedgeRelationshipVersion], support: Support | None) -> None:
    """The quantitative support of each designation; an economic hedge needs none."""
    tested = [version for version in versions if version.hedge_type != HedgeType.ECONOMIC]
    if not tested:
        return
    make = support or inception.support
    records = list(make(tested))
    without = {version.pk for version in tested} - {
        record.version_id for record in records if record.occasion == AssessmentOccasion.INCEPTION
    }
    if without:
        codes = ", ".join(version.relationship.code for version in tested if version.pk in without)
        raise Refusal(f"{codes}: the test at inception is missing; a designation has one (6.4.1(c)).")
    AssessmentRecord.objects.bulk_create(records)
