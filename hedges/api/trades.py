"""Trades are recorded and amended: one reader of every kind of ticket, one sending, a second person."""

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from hedges.api import ticket_answers, whose
from hedges.api.instrument_versions import DecidedInstrumentVersions, DecidedInstrumentVersionSerializer
from hedges.api.ticket_fields import AMENDMENT, TICKET, as_typed
from hedges.domain.ticket import send
from hedges.domain.ticket.kinds import FIELDS
from hedges.domain.ticket.understand import Understood, understood
from hedges.models import Instrument, InstrumentVersion
from hedges.queries import instruments, proposals, ticket
from treasury.api import rows
from treasury.api.links import Made
from treasury.api.writing import PREPARERS, Action, address, read_back, seen
from treasury.kernel.errors import InputError
from treasury.models import Entity


class RecordedTradeSerializer(serializers.Serializer):
    """What was recorded; of a collar two instruments with one structure."""

    instrument_id = serializers.IntegerField(help_text="Of a structure its first leg.")
    external_reference = serializers.CharField()
    again = serializers.BooleanField(help_text="It was recorded by an earlier sending of the same key.")
    versions = DecidedInstrumentVersionSerializer(
        many=True, help_text="The first version of each instrument."
    )


class _Ticket(Action):
    roles = PREPARERS
    body = TICKET

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        entity = whose.entity_named(self, told["entity"])
        named, key = _named(told), whose.uuid_of(told["key"])
        reference = named[1] if named else send.reference_of(told["kind"], key)
        offer = _offer(entity, told)
        found = understood(as_typed(told), offer, reference)
        if found.deal is None:
            return whose.refused_fields(found.errors, ("kind", *FIELDS[told["kind"]]))
        return self.understood(entity, found, offer, told, key, named)

    def understood(
        self,
        entity: Entity,
        found: Understood,
        offer: ticket.Offer,
        told: dict[str, Any],
        key: Any,
        named: Any,
    ) -> Response:
        raise NotImplementedError


class RecordInstrument(_Ticket):
    """Records a trade of any kind; it counts once another person approves it. 200 with what is there when the same
    `key` is sent again; 409 for what seems to be recorded already, unless `is_another` says that it is not."""

    operation = "instruments_record"
    response_schema = RecordedTradeSerializer
    makes = Made("instrument-versions", "/versions/0/id")
    answers = (200,)

    def understood(
        self,
        entity: Entity,
        found: Understood,
        offer: ticket.Offer,
        told: dict[str, Any],
        key: Any,
        named: Any,
    ) -> Response:
        user = self.request.user
        line = told["proposal_line"]
        if line is not None and proposals.line(line, [entity.pk]) is None:
            raise InputError("proposal_line", "a line of a proposal of the entity", got=str(line))
        sent = send.send(
            legs=found.legs, kind=told["kind"], key=key, actor=user, is_another=told["is_another"],
            proposal_line_id=line, named=named,
        )  # fmt: skip
        made = rows.read(
            DecidedInstrumentVersionSerializer, instruments.first_versions(user, sent.instrument_id)
        )
        row = {
            "instrument_id": sent.instrument_id, "external_reference": sent.reference, "again": sent.again,
            "versions": made,
        }  # fmt: skip
        return self.made(
            row, status=200 if sent.again else 201, address=address("instrument-versions", made[0]["id"])
        )


class PreviewInstrument(_Ticket):
    """A trade as it was understood: value dates by the calendars, the counter amount, the market's forward rate, what
    it is worth, what may be the same deal. Nothing is recorded."""

    operation = "instruments_record_preview"
    saves = False
    response_schema = ticket_answers.TicketPreviewSerializer
    status_code = 200

    def understood(
        self,
        entity: Entity,
        found: Understood,
        offer: ticket.Offer,
        told: dict[str, Any],
        key: Any,
        named: Any,
    ) -> Response:
        alike = send.duplicates([version for _, version in found.legs], key=key, kind=told["kind"])
        names = ticket.approvers(entity.pk, but=self.request.user)
        return self.made(
            ticket_answers.preview(
                found, offer, entity.code, duplicates=alike, approvers=names, named=bool(named)
            )
        )


class _Amending(Action):
    roles = PREPARERS
    body = AMENDMENT

    def found(self, where: dict[str, Any]) -> Instrument:
        return seen(instruments.things(self.request.user).filter(pk=where["key"]).select_related("entity"))

    def act(self, subject: Instrument, told: dict[str, Any]) -> Response:
        newest = ticket.newest_version(subject.pk, entity_ids=[subject.entity_id])
        if newest is None or newest.kind != told["kind"]:
            raise InputError("kind", f"{subject.kind}, the kind of the trade", got=told["kind"])
        said = as_typed(told) | {"entity": subject.entity.code}
        found = understood(said, _offer(subject.entity, told, newest))
        if found.deal is None:
            return whose.refused_fields(found.errors, ("kind", *FIELDS[told["kind"]]))
        return self.amended(newest, found, told)

    def amended(self, newest: InstrumentVersion, found: Understood, told: dict[str, Any]) -> Response:
        raise NotImplementedError


class AmendInstrument(_Amending):
    """Records the next version of a trade, with all its terms, from `counts_from` on; another person approves it."""

    operation = "instruments_amend"
    response_schema = DecidedInstrumentVersionSerializer
    makes = Made("instrument-versions")

    def amended(self, newest: InstrumentVersion, found: Understood, told: dict[str, Any]) -> Response:
        made = send.amend(
            version=found.legs[0][1], seen=newest, counts_from=told["counts_from"], actor=self.request.user,
            reason=told["reason"],
        )  # fmt: skip
        row = read_back(DecidedInstrumentVersions, self.request.user, made.pk)
        return self.made(row, address=address("instrument-versions", made.pk))


class AmendmentPreviewSerializer(ticket_answers.TicketPreviewSerializer):
    duplicates = None
    version_number = serializers.IntegerField(help_text="Of the newest version, which it starts from.")
    differences = serializers.ListField(
        child=serializers.CharField(), help_text="The terms in which it differs from that one."
    )


class PreviewAmendment(_Amending):
    """The new terms as they were understood, what they are worth, and where they differ. Nothing is recorded."""

    operation = "instruments_amend_preview"
    saves = False
    response_schema = AmendmentPreviewSerializer
    status_code = 200

    def amended(self, newest: InstrumentVersion, found: Understood, told: dict[str, Any]) -> Response:
        offer = _offer(newest.entity, told, newest)
        names = ticket.approvers(newest.entity_id, but=self.request.user)
        shown = ticket_answers.preview(
            found, offer, newest.entity.code, duplicates=[], approvers=names, named=False
        )
        del shown["duplicates"]
        send.keep_payment_days(found.legs[0][1], newest)
        differing = send.differences(found.legs[0][1], newest)
        return self.made(shown | {"version_number": newest.version_number, "differences": differing})


def _offer(entity: Entity, told: dict[str, Any], of: InstrumentVersion | None = None) -> ticket.Offer:
    row = {"id": entity.pk, "code": entity.code, "functional_currency_id": entity.functional_currency_id}
    return ticket.offer(
        [row], today=ticket.today(entity.pk), kind=told["kind"], entity_id=entity.pk, of=of,
        item=told.get("exposure") or "",
    )  # fmt: skip


def _named(told: dict[str, Any]) -> tuple[str, str] | None:
    """Both or none: a reference is one of its system."""
    source, reference = told["source_system"], told["external_reference"]
    if bool(source) != bool(reference):
        missing = "external_reference" if source else "source_system"
        raise InputError(
            missing, "both of source_system and external_reference, or none", got="null or nothing"
        )
    return (source.strip(), reference.strip()) if source else None
