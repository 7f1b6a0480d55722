"""Writes one step of the timeline into the book: specs become model rows, codes become keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from exposures.domain import recording
from exposures.models import Exposure, ExposureVersion, ExposureVersionApproval
from hedges.domain import designation, trade_capture
from hedges.models import (
    FuturesContract,
    HedgeRelationship,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    Instrument,
    InstrumentVersion,
    InstrumentVersionApproval,
)
from treasury.demo.company.risks import PolicyVersionSpec
from treasury.demo.company.specs import ExposureSpec, InstrumentSpec, RelationshipSpec, VersionSpec
from treasury.domain import approval, market_quotes, policies
from treasury.models import (
    Counterparty,
    Entity,
    Policy,
    PolicyBand,
    PolicyVersion,
    PolicyVersionApproval,
    Risk,
    User,
)

# Columns that refer to something: the term's name and where its key is found. Units are their own keys.
UNIT_TERMS = {
    "exposure_currency", "notional_currency", "counter_currency", "premium_currency", "settlement_currency",
}  # fmt: skip
APPROVALS: tuple[tuple[type[Any], type[Any]], ...] = (
    (ExposureVersion, ExposureVersionApproval),
    (InstrumentVersion, InstrumentVersionApproval),
    (HedgeRelationshipVersion, HedgeRelationshipVersionApproval),
    (PolicyVersion, PolicyVersionApproval),
)


@dataclass
class DemoBook:
    """The writer. Keys are read once they are needed and kept; rows of versions are read when they are
    used.
    """

    people: dict[str, User]

    @cached_property
    def entities(self) -> dict[str, int]:
        return dict(Entity.objects.values_list("code", "id"))

    @cached_property
    def risks(self) -> dict[str, int]:
        return dict(Risk.objects.values_list("code", "id"))

    @cached_property
    def counterparties(self) -> dict[str, int]:
        return dict(Counterparty.objects.values_list("code", "id"))

    @cached_property
    def contracts(self) -> dict[str, int]:
        return dict(FuturesContract.objects.values_list("code", "id"))

    def record_exposures(self, specs: Sequence[ExposureSpec], reason: str) -> None:
        pairs = [
            (
                Exposure(
                    entity_id=self.entities[spec.entity],
                    source_system=spec.source_system,
                    external_reference=spec.reference,
                ),
                self._version(ExposureVersion, spec.versions[0]),
            )
            for spec in specs
        ]
        recording.record(exposures=pairs, actor=self.people["treasurer"], reason=reason)

    def amend_exposures(self, changes: Sequence[tuple[ExposureSpec, VersionSpec]], reason: str) -> None:
        known = _by_reference(Exposure, [spec.reference for spec, _ in changes])
        versions = [
            self._version(ExposureVersion, version, exposure=known[spec.reference])
            for spec, version in changes
        ]
        recording.amend(versions=versions, actor=self.people["treasurer"], reason=reason)

    def capture_trades(self, specs: Sequence[InstrumentSpec], reason: str) -> None:
        offsets = _by_reference(Exposure, [spec.offset_of for spec in specs if spec.offset_of])
        pairs = [
            (
                Instrument(
                    entity_id=self.entities[spec.entity],
                    kind=spec.kind,
                    source_system="DEALS",
                    external_reference=spec.reference,
                    structure_reference=spec.structure,
                    offset_exposure=offsets.get(spec.offset_of),
                ),
                self._version(InstrumentVersion, spec.versions[0]),
            )
            for spec in specs
        ]
        trade_capture.capture(trades=pairs, actor=self.people["treasurer"], reason=reason)

    def amend_trades(self, changes: Sequence[tuple[InstrumentSpec, VersionSpec]], reason: str) -> None:
        known = _by_reference(Instrument, [spec.reference for spec, _ in changes])
        versions = [
            self._version(InstrumentVersion, version, instrument=known[spec.reference])
            for spec, version in changes
        ]
        trade_capture.amend(versions=versions, actor=self.people["treasurer"], reason=reason)

    def designate(self, specs: Sequence[RelationshipSpec], reason: str) -> None:
        items = _newest(ExposureVersion, "exposure", (name for spec in specs for name, _ in spec.items))
        deals = _newest(
            InstrumentVersion, "instrument", (name for spec in specs for name, _ in spec.instruments)
        )
        designations = [
            designation.Designation(
                relationship=HedgeRelationship(entity_id=self.entities[spec.entity], code=spec.code),
                version=HedgeRelationshipVersion(
                    valid_from=spec.designation_date, **self._columns(spec.terms), change_reason="designated"
                ),
                items=[
                    (items[name], amount.copy_sign(items[name].exposure_amount))
                    for name, amount in spec.items
                ],
                instruments=[(deals[name], amount) for name, amount in spec.instruments],
            )
            for spec in specs
        ]
        designation.designate(designations=designations, actor=self.people["accountant"], reason=reason)

    def record_policies(self, specs: Sequence[PolicyVersionSpec], reason: str) -> None:
        known = {(policy.entity_id, policy.risk_id): policy for policy in Policy.objects.all()}
        drafts = []
        for spec in specs:
            key = (self.entities[spec.entity], self.risks[spec.risk])
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
        approval.decide(versions=versions, approvals=approvals, actor=self.people["approver"], comment=reason)

    def _version(self, model: type[Any], version: VersionSpec, **identity: Any) -> Any:
        columns = self._columns(version.terms)
        return model(valid_from=version.valid_from, change_reason=version.reason, **identity, **columns)

    def _columns(self, terms: dict[str, Any]) -> dict[str, Any]:
        columns: dict[str, Any] = {}
        for name, value in terms.items():
            if name == "risk":
                columns["risk_id"] = self.risks[value]
            elif name == "counterparty":
                columns["counterparty_id"] = self.counterparties[value]
            elif name == "contract":
                columns["contract_id"] = self.contracts[value]
            elif name in UNIT_TERMS:
                columns[f"{name}_id"] = value
            else:
                columns[name] = value
        return columns


def _by_reference(model: type[Any], references: Iterable[str]) -> dict[str, Any]:
    return {
        row.external_reference: row for row in model.objects.filter(external_reference__in=list(references))
    }


def _newest(model: type[Any], identity: str, references: Iterable[str]) -> dict[str, Any]:
    """The newest version of each; every one is approved when it is used."""
    rows = model.objects.filter(**{f"{identity}__external_reference__in": set(references)})
    return {
        getattr(row, identity).external_reference: row
        for row in rows.select_related(identity).order_by("version_number")
    }
