"""Writes one step of the timeline into the book: specs become model rows, codes become keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from exposures.domain import lifecycle, recording
from exposures.domain.next_version import Change
from exposures.models import Exposure, ExposureVersion, ExposureVersionApproval
from hedges.domain import account_map, designation, relationship_approval, trade_capture
from hedges.domain.changes import de_designate, rebalance
from hedges.domain.changes.volumes import amounts
from hedges.enums import AssessmentOccasion, EffectivenessStatus
from hedges.models import (
    AccountMapVersion,
    AccountMapVersionApproval,
    AssessmentRecord,
    HedgeRelationship,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    InceptionFile,
    Instrument,
    InstrumentVersion,
    InstrumentVersionApproval,
)
from hedges.queries.layers import in_force
from treasury.demo.company.fates import ChangeSpec
from treasury.demo.company.risks import PolicyVersionSpec
from treasury.demo.company.specs import ExposureSpec, InstrumentSpec, RelationshipSpec, VersionSpec
from treasury.demo.seeding.keys import Keys, by_reference, newest
from treasury.domain import approval, market_quotes, policies
from treasury.models import (
    Entity,
    Policy,
    PolicyBand,
    PolicyVersion,
    PolicyVersionApproval,
    User,
)

APPROVALS: tuple[tuple[type[Any], type[Any]], ...] = (
    (ExposureVersion, ExposureVersionApproval),
    (InstrumentVersion, InstrumentVersionApproval),
    (HedgeRelationshipVersion, HedgeRelationshipVersionApproval),
    (PolicyVersion, PolicyVersionApproval),
    (AccountMapVersion, AccountMapVersionApproval),
)


@dataclass
class DemoBook:
    """The writer. Keys are read once they are needed and kept; rows of versions are read when they are
    used.
    """

    people: dict[str, User]

    def __post_init__(self) -> None:
        self.keys = Keys()

    def record_exposures(self, specs: Sequence[ExposureSpec], reason: str) -> None:
        pairs = [
            (
                Exposure(
                    entity_id=self.keys.entities[spec.entity],
                    source_system=spec.source_system,
                    external_reference=spec.reference,
                ),
                self.keys.version(ExposureVersion, spec.versions[0]),
            )
            for spec in specs
        ]
        recording.record(exposures=pairs, actor=self.people["treasurer"], reason=reason)

    def amend_exposures(self, changes: Sequence[tuple[ExposureSpec, VersionSpec]], reason: str) -> None:
        known = by_reference(Exposure, [spec.reference for spec, _ in changes])
        versions = [
            self.keys.version(ExposureVersion, version, exposure=known[spec.reference])
            for spec, version in changes
        ]
        recording.amend(versions=versions, actor=self.people["treasurer"], reason=reason)

    def settle_exposures(self, settled: Sequence[tuple[ExposureSpec, VersionSpec]], reason: str) -> None:
        """At the amount that came."""
        known = by_reference(Exposure, [spec.reference for spec, _ in settled])
        changes = [
            Change(
                known[spec.reference].pk,
                version.valid_from,
                {"exposure_amount": version.terms["exposure_amount"]},
            )
            for spec, version in settled
        ]
        lifecycle.settle(changes=changes, actor=self.people["treasurer"], reason=reason)

    def capture_trades(self, specs: Sequence[InstrumentSpec], reason: str) -> None:
        offsets = by_reference(Exposure, [spec.offset_of for spec in specs if spec.offset_of])
        pairs = [
            (
                Instrument(
                    entity_id=self.keys.entities[spec.entity],
                    kind=spec.kind,
                    source_system="DEALS",
                    external_reference=spec.reference,
                    structure_reference=spec.structure,
                    offset_exposure=offsets.get(spec.offset_of),
                ),
                self.keys.version(InstrumentVersion, spec.versions[0]),
            )
            for spec in specs
        ]
        trade_capture.capture(trades=pairs, actor=self.people["treasurer"], reason=reason)

    def amend_trades(self, changes: Sequence[tuple[InstrumentSpec, VersionSpec]], reason: str) -> None:
        known = by_reference(Instrument, [spec.reference for spec, _ in changes])
        versions = [
            self.keys.version(InstrumentVersion, version, instrument=known[spec.reference])
            for spec, version in changes
        ]
        trade_capture.amend(versions=versions, actor=self.people["treasurer"], reason=reason)

    def designate(self, specs: Sequence[RelationshipSpec], reason: str) -> None:
        items = newest(ExposureVersion, "exposure", (name for spec in specs for name, _ in spec.items))
        deals = newest(
            InstrumentVersion, "instrument", (name for spec in specs for name, _ in spec.instruments)
        )
        made = {
            spec.code: HedgeRelationship(entity_id=self.keys.entities[spec.entity], code=spec.code)
            for spec in specs
        }
        for spec in specs:
            if spec.parallel_of:
                made[spec.code].parallel_of = made[spec.parallel_of]
        designations = [
            designation.Designation(
                relationship=made[spec.code],
                version=HedgeRelationshipVersion(
                    valid_from=spec.designation_date,
                    late_reason=spec.late_reason,
                    **self.keys.columns(spec.terms),
                    change_reason="designated",
                ),
                items=[
                    (items[name], amount.copy_sign(items[name].exposure_amount))
                    for name, amount in spec.items
                ],
                instruments=[(deals[name], amount) for name, amount in spec.instruments],
                file=InceptionFile(**spec.file) if spec.file else None,
            )
            for spec in specs
        ]
        designation.designate(designations=designations, actor=self.people["accountant"], reason=reason)

    def accept_late(self, code: str, reason: str) -> None:
        """Neither the accountant who wrote it nor the approver: the other hedge accountant."""
        (version,) = HedgeRelationshipVersion.objects.filter(relationship__code=code)
        relationship_approval.accept_late(version=version, actor=self.people["controller"], comment=reason)

    def change(self, code: str, change: ChangeSpec, reason: str) -> None:
        relationship = HedgeRelationship.objects.get(code=code)
        of: dict[str, Any] = {
            "relationship": relationship,
            "from_date": change.day,
            "reason": reason,
            "actor": self.people["accountant"],
        }
        if change.kind == "DE_DESIGNATION":
            de_designate.propose(**of)
            return
        there = [
            layer for layer in in_force([relationship.pk], from_date=change.day) if layer.side == "instrument"
        ]
        kept = {
            pk: (amount * change.instrument_share).quantize(Decimal(1))
            for pk, amount in amounts(there).items()
        }
        rebalance.propose(
            **of, volumes={"instrument": kept}, ineffectiveness_sources=change.ineffectiveness_sources
        )

    def record_accounts(self, entity: str, accounts: account_map.Accounts, day: date, reason: str) -> None:
        account_map.record(
            entity=Entity.objects.get(code=entity),
            accounts=accounts,
            valid_from=day,
            actor=self.people["accountant"],
            reason=reason,
        )

    def record_policies(self, specs: Sequence[PolicyVersionSpec], reason: str) -> None:
        known = {(policy.entity_id, policy.risk_id): policy for policy in Policy.objects.all()}
        drafts = []
        for spec in specs:
            key = (self.keys.entities[spec.entity], self.keys.risks[spec.risk])
            drafts.append(
                policies.PolicyDraft(
                    policy=known.get(key) or Policy(entity_id=key[0], risk_id=key[1]),
                    version=PolicyVersion(valid_from=spec.valid_from, change_reason=spec.reason),
                    bands=[
                        PolicyBand(
                            month_from=first,
                            month_to=last,
                            lower_ratio=low,
                            target_ratio=target,
                            upper_ratio=high,
                        )
                        for first, last, low, target, high in spec.bands
                    ],
                )
            )
        policies.record(drafts=drafts, actor=self.people["treasurer"], reason=reason)

    def record_quotes(self, rows: Iterable[tuple[Any, ...]], reason: str) -> None:
        market_quotes.record(quotes=rows, actor=None, reason=reason)  # type: ignore[arg-type]

    def approve(self, model: type[Any], reason: str) -> None:
        """Whatever waits of this kind; what is to stay waiting is recorded after the last approval."""
        approvals = dict(APPROVALS)[model]
        versions = list(model.objects.filter(approval__isnull=True).order_by("id"))
        if model is HedgeRelationshipVersion:
            self._decide_on_hedges(versions, reason)
            return
        approval.decide(versions=versions, approvals=approvals, actor=self.people["approver"], comment=reason)

    def _decide_on_hedges(self, versions: Sequence[HedgeRelationshipVersion], reason: str) -> None:
        """What fails its test at inception is rejected: it does not qualify. The rest is approved, as the last act."""
        failed = set(
            AssessmentRecord.objects.filter(
                version__in=versions,
                occasion=AssessmentOccasion.INCEPTION,
                effectiveness_status=EffectivenessStatus.NOT_EFFECTIVE,
            ).values_list("version_id", flat=True)
        )
        relationship_approval.reject(
            versions=[version for version in versions if version.pk in failed],
            actor=self.people["approver"],
            comment="the test at inception failed: the two do not move together",
        )
        relationship_approval.approve(
            versions=[version for version in versions if version.pk not in failed],
            actor=self.people["approver"],
            comment=reason,
        )
