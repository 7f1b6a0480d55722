"""Accounting periods: what is closed by which run, and of one month what stands in the way of its close."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.domain import accounting_periods, closing
from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod
from hedges.queries import accounted, accounting_pages
from treasury.api import tags
from treasury.api.bodies import Input, body
from treasury.api.links import Made
from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import KNOWN_AT, Scope
from treasury.api.views import ApiView
from treasury.api.writing import PREPARERS, Action, seen
from treasury.enums import TokenScope
from treasury.models import Entity
from treasury.queries import access


class AccountingPeriodSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    period_start = serializers.DateField(help_text="First day of the month.")
    status = serializers.ChoiceField(PeriodStatus.choices)
    run_id = serializers.IntegerField(allow_null=True, help_text="The close; its measurements are posted.")
    closed_at = serializers.DateTimeField(allow_null=True)
    closed_by = serializers.CharField(source="closed_by.username", allow_null=True)
    entry_count = serializers.IntegerField(help_text="Journal entries.")


class AccountingPeriods(RecordedResource):
    """The months that were begun, the newest first; a closed one takes no more entries."""

    permission_classes = (OfEntities,)
    operation = "accounting_periods"
    dated = "period_start"
    state_table = AccountingPeriod
    tagged = AccountingPeriod
    serializer = AccountingPeriodSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        one_of("status", PeriodStatus, "Those in this state."),
        *dates("period_start", "Those that begin"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return accounted.periods(scope.user)


class BlockerSerializer(serializers.Serializer):
    code = serializers.CharField()
    subject = serializers.CharField(help_text="What it is about.")
    what = serializers.CharField(help_text="What is wrong with it.")
    remedy = serializers.CharField(help_text="What to do.")
    text = serializers.CharField()


class MonthSerializer(serializers.Serializer):
    """`is_under_way`: a close is asked for or runs; then, and when it is closed, nothing stands in the way."""

    entity_id = serializers.IntegerField()
    entity = serializers.CharField()
    period_start = serializers.DateField()
    period_end = serializers.DateField()
    status = serializers.ChoiceField(PeriodStatus.choices)
    is_under_way = serializers.BooleanField()
    run_id = serializers.IntegerField(allow_null=True, help_text="The close that closed it.")
    closed_at = serializers.DateTimeField(allow_null=True)
    closed_by = serializers.CharField(allow_null=True)
    entry_count = serializers.IntegerField()
    blockers = BlockerSerializer(
        many=True,
        allow_null=True,
        help_text="Null with `known_at`: what stands in the way is worked out of what is known now.",
    )


class Month(ApiView):
    """One month of an entity: its state and, while it is open, everything that keeps it from being closed. Its ETag is
    what a close is asked for with."""

    permission_classes = (OfEntities,)
    operation = "entities_periods"
    response_schema = MonthSerializer
    shows_tag = True
    parameters = (KNOWN_AT,)

    def get(self, request: Request, key: Any, month: date) -> Response:
        known_at = self.read_query(request).get("known_at")
        entity = seen(access.visible_entities(request.user).filter(pk=key))
        found = accounted.period(entity, month, known_at)
        last = accounting_periods.last_day(month)
        under_way = accounting_pages.is_under_way(entity.code, last, known_at)
        closed = found is not None and found.status == PeriodStatus.CLOSED
        stands = [] if closed or under_way or known_at else closing.blockers(entity, month)
        row = {
            "entity_id": entity.pk, "entity": entity.code, "period_start": month, "period_end": last,
            "status": found.status if found else PeriodStatus.OPEN.value,
            "is_under_way": under_way and not closed,
            "run_id": found.run_id if found else None,
            "closed_at": found.closed_at if found else None,
            "closed_by": found.closed_by.username if found and found.closed_by else None,
            "entry_count": found.entry_count if found else 0,
            "blockers": None if known_at else [
                {
                    "code": one.code, "subject": one.subject, "what": one.what, "remedy": one.remedy,
                    "text": one.text,
                }
                for one in stands
            ],
        }  # fmt: skip
        begun = tags.state(found, known_at=known_at) if found else tags.State()
        return tags.answered(request, row, begun)


class CloseSerializer(serializers.Serializer):
    run_id = serializers.IntegerField()
    run = serializers.CharField(help_text="Address of the run: its status, its shards, why it failed.")
    period_start = serializers.DateField()
    is_new = serializers.BooleanField(help_text="Asked for by this request; no: joined, or done already.")
    is_closed = serializers.BooleanField()
    detail = serializers.CharField()


class Close(Action):
    """Asks for the close of a month, or joins the one that is under way (202); a closed month answers with its run
    (200). 409 names each thing that stands in the way and what to do."""

    token_scope = TokenScope.ACCOUNTING
    operation = "entities_periods_close"
    response_schema = CloseSerializer
    makes = Made("runs", "/run_id")
    roles = PREPARERS
    may_be_first = True
    status_code = 202
    answers = (200,)
    body = body(
        Input("reason", "Why it is asked for.", required=False, blank=True, default=""),
        example={"reason": "month end"},
    )

    def found(self, where: dict[str, Any]) -> Entity:
        self.month: date = where["month"]
        return seen(access.visible_entities(self.request.user).filter(pk=where["key"]))

    def entity_of(self, subject: Entity) -> int:
        return subject.pk

    def tagged(self, subject: Entity) -> AccountingPeriod | None:
        """The month, where it was begun."""
        return accounted.period(subject, self.month)

    def act(self, subject: Entity, told: dict[str, Any]) -> Response:
        asked = closing.request(
            entity=subject, period=self.month, actor=self.request.user, reason=told["reason"]
        )
        run = reverse("api-runs-one", args=[asked.run.pk])
        row = {
            "run_id": asked.run.pk, "run": self.request.build_absolute_uri(run), "period_start": asked.month,
            "is_new": asked.is_new, "is_closed": asked.is_closed, "detail": asked.answer,
        }  # fmt: skip
        return self.made(row, status=200 if asked.is_closed else 202, address=run)
