"""Rows in bulk that are a job of the worker when they are many, or when their sender prefers it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from rest_framework.response import Response

from exposures.api.bulk_jobs import BulkJobs, BulkJobSerializer
from exposures.domain.bulk import bell, jobs
from treasury.api import bulk
from treasury.api.bulk import BulkAction
from treasury.api.links import Made
from treasury.api.writing import address, read_back

#: More rows than that are a job of the worker.
AT_ONCE = 5_000


class ByJob(BulkAction):
    """`resource`: what its rows are. The settings of a job are what its worker needs besides the rows."""

    resource = ""
    answers = (202,)
    job_schema = BulkJobSerializer
    makes = Made("bulk-jobs", statuses=(202,))

    def is_a_job(self, told: Mapping[str, Any]) -> bool:
        return self.asks_for_a_job() or bulk.counted(**told) > AT_ONCE

    def job(
        self, told: Mapping[str, Any], *, mode: str, settings: Mapping[str, Any], entity_ids: Collection[int]
    ) -> Response:
        """202 with the address of the job. `entity_ids`: where its sender may write now."""
        user = self.request.user
        job = jobs.ask(
            resource=self.resource, **told, mode=mode, told=settings, actor=user, entity_ids=entity_ids
        )
        transaction.on_commit(lambda: bell.ring(job.pk))
        return self.made(read_back(BulkJobs, user, job.pk), status=202, address=address("bulk-jobs", job.pk))
