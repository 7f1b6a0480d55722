"""Bulk jobs: how far each is, its result, and giving it up."""

from typing import Any

import orjson
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from exposures.domain.bulk import bell, jobs
from exposures.enums import BulkMode, BulkStatus
from exposures.models import BulkJob
from exposures.queries import bulk_jobs
from treasury.api.bodies import Body, Input, body
from treasury.api.bulk import BulkAnswerSerializer
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfOneself
from treasury.api.problems import problem
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import KNOWN_AT, Scope
from treasury.api.views import ApiView
from treasury.api.writing import Action, read_back, seen
from treasury.queries.access import WRITERS
from treasury.queries.as_known import recorded_by

#: How often it makes sense to look.
_AGAIN_SECONDS = "1"


class BulkJobSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    resource = serializers.CharField(
        help_text="What its rows are: exposures, instruments or market-quotes; import-steps: a commit, decision or"
        " undoing of the import `import_id`, whose result has no rows."
    )
    mode = serializers.ChoiceField(BulkMode.choices)
    media_type = serializers.CharField()
    status = serializers.ChoiceField(
        BulkStatus.choices, help_text="DONE and REFUSED have a result; nothing is recorded of the other ends."
    )
    status_reason = serializers.CharField()
    row_count = serializers.IntegerField(allow_null=True, help_text="Null: not read yet.")
    rows_checked = serializers.IntegerField(help_text="How far it is: rows worked through, of row_count.")
    rows_recorded = serializers.IntegerField(help_text="Created and amended ones: all at once, at the end.")
    outcomes = serializers.DictField(
        child=serializers.IntegerField(), help_text="Rows by outcome, once it is done."
    )
    import_id = serializers.IntegerField(
        source="exposure_import_id", allow_null=True, help_text="What is decided on and taken back as one."
    )
    recorded_at = serializers.DateTimeField(help_text="When it was asked for.")


class BulkJobs(RecordedResource):
    """The bulk jobs that you have asked for, the newest first."""

    permission_classes = (OfOneself,)
    operation = "bulk_jobs"
    serializer = BulkJobSerializer
    descending = True
    tagged = BulkJob
    state_table = BulkJob
    parameters = (
        one_of("status", BulkStatus, "Those in this state."),
        Parameter("resource", "Those with rows of this kind.", lookup="resource"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return bulk_jobs.jobs(scope.user)


class BulkJobResult(ApiView):
    """The answer row by row, as it would have come at once: 200, or the problem document of rows that were refused.
    409 while the job is not at its end."""

    permission_classes = (OfOneself,)
    operation = "bulk_jobs_result"
    response_schema = BulkAnswerSerializer
    status_code = 200
    parameters = (KNOWN_AT,)

    def get(self, request: Request, key: Any) -> Response:
        known_at = self.read_query(request).get("known_at")
        asked = bulk_jobs.jobs(request.user).filter(pk=key)
        job = seen(recorded_by(asked, known_at).select_related("answer"))
        status = bulk_jobs.status_then(job, known_at)
        if status in jobs.OPEN:
            if status == job.status:
                bell.ring(job.pk)
            return problem(
                409, "not_finished", f"The job is {BulkStatus(status).label}: look again in a second.",
                headers={"Retry-After": _AGAIN_SECONDS},
            )  # fmt: skip
        if job.status == BulkStatus.DONE:
            return Response(orjson.loads(bytes(job.answer.content)))
        told = orjson.loads(bytes(job.answer.content)) if job.status == BulkStatus.REFUSED else {}
        words = told.get("detail") or job.status_reason or "The job was given up."
        if told.get("errors"):
            return problem(400, "rows_refused", words, errors=told["errors"])
        return problem(409, "refused", words)


class CancelBulkJob(Action):
    """Gives a job up. Nothing of it is recorded; one that has ended is 409."""

    operation = "bulk_jobs_cancel"
    roles = WRITERS
    response_schema = BulkJobSerializer
    status_code = 200
    body: Body = body(
        Input("reason", "Goes into the audit event.", required=False, blank=True, default=""),
        example={"reason": "The wrong file."},
    )

    def found(self, where: dict[str, Any]) -> BulkJob:
        return seen(bulk_jobs.jobs(self.request.user).filter(pk=where["key"]))

    def may_at(self, entity_id: int) -> None:
        """It is the sender's own."""

    def entity_of(self, subject: BulkJob) -> int:
        return 0

    def act(self, subject: BulkJob, told: dict[str, Any]) -> Response:
        jobs.cancel(job=subject, actor=self.request.user, reason=told["reason"])
        return self.made(read_back(BulkJobs, self.request.user, subject.pk))
