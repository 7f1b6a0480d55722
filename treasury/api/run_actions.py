"""Nights are started and runs cancelled by whoever may on the page of runs."""

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from treasury.api.bodies import Input, body
from treasury.api.links import Made
from treasury.api.runs import RunDetailSerializer, Runs
from treasury.api.writing import Action, address, read_back, seen
from treasury.domain import cancelling
from treasury.domain import runs as verbs
from treasury.enums import TokenScope
from treasury.kernel.errors import InputError
from treasury.models import CalculationRun
from treasury.queries import runs
from treasury.queries.access import WRITERS
from treasury.queries.market import has_rates, without_rates


class StartedRunSerializer(RunDetailSerializer):
    is_new = serializers.BooleanField(
        help_text="Whether this has asked for it; else one under way was joined."
    )


class StartNight(Action):
    """Asks for the night of a business date, a new revision where one is published: 202, or 200 with the one that is
    under way. It is worked out by the workers; `runs/{key}/` says how far it is."""

    token_scope = TokenScope.RUNS
    operation = "runs_start"
    response_schema = StartedRunSerializer
    makes = Made("runs")
    roles = WRITERS
    status_code = 202
    answers = (200,)
    body = body(
        Input("as_of_date", "The business date; it has rates.", "date"), example={"as_of_date": "2026-10-30"}
    )

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        as_of = told["as_of_date"]
        if not has_rates(as_of):
            raise InputError("as_of_date", f"a date with rates: {without_rates(as_of)}", got=str(as_of))
        asked = verbs.request(as_of_date=as_of, actor=self.request.user, new_revision=True)
        row = read_back(Runs, self.request.user, asked.run.pk) | {"is_new": asked.is_new}
        return self.made(row, status=202 if asked.is_new else 200, address=address("runs", asked.run.pk))


class RetryRun(Action):
    """Asks for the night of a failed run again: 202, or 200 with the run that has followed it already, so that asking
    twice makes one run. A close is asked for again at its month."""

    token_scope = TokenScope.RUNS
    operation = "runs_retry"
    response_schema = StartedRunSerializer
    makes = Made("runs")
    roles = WRITERS
    status_code = 202
    answers = (200,)

    def found(self, where: dict[str, Any]) -> CalculationRun:
        return seen(runs.runs(self.request.user).filter(pk=where["key"]))

    def may_at(self, entity_id: int) -> None:
        """A run belongs to no single entity; who starts nights is asked by the domain."""

    def entity_of(self, subject: CalculationRun) -> int:
        return 0

    def act(self, subject: CalculationRun, told: dict[str, Any]) -> Response:
        asked = verbs.retry(run=subject, actor=self.request.user)
        row = read_back(Runs, self.request.user, asked.run.pk) | {"is_new": asked.is_new}
        return self.made(row, status=202 if asked.is_new else 200, address=address("runs", asked.run.pk))


class CancelRun(Action):
    """Ends a run that is under way: nothing of it is published. A night by whoever starts one, a close by those who
    ask for it."""

    token_scope = TokenScope.RUNS
    operation = "runs_cancel"
    response_schema = RunDetailSerializer
    roles = WRITERS
    status_code = 200
    body = body(
        Input("reason", "Goes into the audit event.", required=False, blank=True, default="", limit=300),
        example={"reason": "Asked for by mistake."},
    )

    def found(self, where: dict[str, Any]) -> CalculationRun:
        return seen(runs.runs(self.request.user).filter(pk=where["key"]))

    def may_at(self, entity_id: int) -> None:
        """A run belongs to no single entity: who cancels which is asked by the domain."""

    def entity_of(self, subject: CalculationRun) -> int:
        return 0

    def act(self, subject: CalculationRun, told: dict[str, Any]) -> Response:
        cancelling.cancel(run=subject, actor=self.request.user, reason=told["reason"])
        return self.made(read_back(Runs, self.request.user, subject.pk))
