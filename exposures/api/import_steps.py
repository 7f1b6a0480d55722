"""The way of a file into the book: received, described, checked, corrected, mended, committed, discarded, undone."""

import base64
import binascii
from typing import Any, ClassVar

from rest_framework.response import Response

from exposures.api.bulk_jobs import BulkJobs, BulkJobSerializer
from exposures.api.import_fields import DESCRIPTION, FILE, RECEIVED, layout_of
from exposures.api.imports import ImportDetailSerializer, Imports
from exposures.domain.importing import by_job, checking, committing, deciding, receiving, stopping, undoing
from exposures.models import Import
from exposures.queries import import_resources
from treasury.api.bodies import Body, Input, body
from treasury.api.bulk import BulkSchema, prefers_a_job
from treasury.api.decisions import DECISION, SEEN
from treasury.api.links import Made
from treasury.api.writing import DECIDERS, Action, address, read_back, seen
from treasury.enums import Decision, TokenScope
from treasury.kernel.errors import InputError
from treasury.queries.access import WRITERS

#: Of a body with a file: 10 MB in base64 and a little.
MOST_BYTES = 15 * 1024 * 1024
_REASON = Input(
    "reason", "Goes into the audit event and the versions.", required=False, blank=True, default=""
)
_CELL = body(
    Input("row_number", "From 1, as in a spreadsheet.", "number", limit=1_048_576),
    Input("column_number", "From 1.", "number", limit=200),
    Input("value", "What stands there from now on; the file stays as it came.", limit=400, blank=True),
)


class _Step(Action):
    roles = WRITERS
    response_schema: Any = ImportDetailSerializer
    status_code = 200

    def found(self, where: dict[str, Any]) -> Import:
        """One writes at every entity that it touches; before it touches one it is whose who began it."""
        one = seen(import_resources.imports(self.request.user).filter(pk=where["key"]))
        for entity_id in one.entity_ids:
            self.may_at(entity_id)
        return one

    def _asked(self, request: Any, where: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        return self.found(where), self.body.read(request.data)

    def act(self, subject: Import, told: dict[str, Any]) -> Response:
        self.step(subject, told)
        return self.made(read_back(Imports, self.request.user, subject.pk))

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        raise NotImplementedError


class ReceiveImport(Action):
    """Keeps a file as it came and begins its import: 201, or 200 with the one that has the same bytes of this source
    already; 409 where that one is not yours to see. Nothing is in the book before its commit."""

    operation = "imports_receive"
    roles = WRITERS
    response_schema = ImportDetailSerializer
    makes = Made("imports")
    answers = (200,)
    most_bytes = MOST_BYTES
    body: Body = RECEIVED

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        user = self.request.user
        try:
            made = receiving.receive(
                source_system=told["source_system"], name=told["file_name"], content=content_of(told), settings={},
                actor=user,
            )  # fmt: skip
        except receiving.AlreadyHere as there:
            return self.made(
                read_back(Imports, user, there.import_id),
                status=200,
                address=address("imports", there.import_id),
            )
        return self.made(read_back(Imports, user, made.pk), address=address("imports", made.pk))


class DescribeImport(_Step):
    """Says how the file is read and which column is which, from a saved mapping or anew, and checks every row: what is
    wrong and what would change stand under `problems/`, `changes/`, `effect/`. `save_as` keeps it for the next file."""

    operation = "imports_describe"
    body: Body = DESCRIPTION

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        user = self.request.user
        layout = layout_of(subject, told, user)
        if told["save_as"]:
            checking.save_mapping(
                source_system=subject.source_system, name=told["save_as"], layout=layout, actor=user
            )
        described = checking.describe(
            import_id=subject.pk, layout=layout, actor=user, attempt=subject.attempt
        )
        checking.check(import_id=subject.pk, actor=user, attempt=described.attempt)


class CheckImport(_Step):
    """Checks every row anew against the book as it is now."""

    operation = "imports_check"

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        checking.check(import_id=subject.pk, actor=self.request.user, attempt=subject.attempt)


class CorrectImport(_Step):
    """Puts up to fifty cells right, beside the file that stays as it came, and checks every row anew."""

    operation = "imports_correct"
    body: Body = body(
        Input("cells", "Each cell once.", "array", of=_CELL),
        example={"cells": [{"row_number": 7, "column_number": 5, "value": "250000.00"}]},
    )

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        cells = {(cell["row_number"], cell["column_number"]): cell["value"] for cell in told["cells"]}
        if len(cells) < len(told["cells"]):
            raise InputError("cells", "each cell once")
        user = self.request.user
        checking.correct(import_id=subject.pk, cells=cells, actor=user, attempt=subject.attempt)
        checking.check(import_id=subject.pk, actor=user, attempt=subject.attempt + 1)


class MendImport(_Step):
    """Puts a mended file in the place of the one before, which stays on record, and checks every row."""

    operation = "imports_mend"
    most_bytes = MOST_BYTES
    body: Body = body(*FILE, example={"file_name": "october.csv", "content": "cmVmZXJlbmNlLGFtb3VudAo="})

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        user = self.request.user
        mended = receiving.mend_by_file(
            import_id=subject.pk,
            name=told["file_name"],
            content=content_of(told),
            actor=user,
            attempt=subject.attempt,
        )
        checking.check(import_id=subject.pk, actor=user, attempt=mended.attempt)


class _LongStep(_Step):
    """With `Prefer: respond-async` it is a job of the worker: 202 with its address under `bulk-jobs/`, where it says
    how far it is; `imports/{key}/stop/` stops it."""

    schema = BulkSchema()
    job_schema: ClassVar[Any] = BulkJobSerializer
    answers = (202,)
    step_name: ClassVar[str]

    @classmethod
    def creates(cls) -> bool:
        """A step that is asked for twice is refused the second time."""
        return False

    def act(self, subject: Import, told: dict[str, Any]) -> Response:
        said = self.said(subject, told)
        if not prefers_a_job(self.request):
            self.step(subject, said)
            return self.made(read_back(Imports, self.request.user, subject.pk))
        user = self.request.user
        job = by_job.ask(import_id=subject.pk, step=self.step_name, told=said, actor=user)
        return self.made(read_back(BulkJobs, user, job.pk), status=202, address=address("bulk-jobs", job.pk))

    def said(self, subject: Import, told: dict[str, Any]) -> dict[str, Any]:
        return told


class CommitImport(_LongStep):
    """Records what the checked rows change, all or none; another person decides on all of it at once. With `Prefer:
    respond-async` it is a job: 202 with its address."""

    operation = "imports_commit"
    step_name = by_job.COMMIT
    body: Body = body(_REASON, example={"reason": "Orders of October"})

    def said(self, subject: Import, told: dict[str, Any]) -> dict[str, Any]:
        return {"attempt": subject.attempt, "reason": told["reason"]}

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        committing.commit(import_id=subject.pk, actor=self.request.user, **told)


class DiscardImport(_Step):
    """Gives up an import that was not committed; its file may come again."""

    operation = "imports_discard"

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        receiving.discard(import_id=subject.pk, actor=self.request.user)


class UndoImport(_LongStep):
    """Takes a committed import back: what it changed gets its terms from before, what was new is cancelled. With
    `Prefer: respond-async` it is a job: 202 with its address."""

    operation = "imports_undo"
    step_name = by_job.UNDO
    body: Body = body(
        Input("reason", "Why it is taken back."), example={"reason": "The file of the wrong month."}
    )

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        undoing.undo(import_id=subject.pk, actor=self.request.user, **told)


class ApproveImport(_LongStep):
    """A second person's yes to all versions of an import, or of its undoing, that still wait. With `Prefer:
    respond-async` it is a job: 202 with its address."""

    operation = "imports_approve"
    step_name = by_job.DECIDE
    roles = DECIDERS
    token_scope = TokenScope.DECIDE
    body: Body = DECISION
    decision: ClassVar[Decision] = Decision.APPROVED

    def said(self, subject: Import, told: dict[str, Any]) -> dict[str, Any]:
        return {
            "event_id": subject.undo_event_id or subject.commit_event_id or 0, "digest": told[SEEN],
            "decision": self.decision.value, "comment": told["comment"],
        }  # fmt: skip

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        said = told | {"decision": self.decision}
        deciding.decide(import_id=subject.pk, actor=self.request.user, **said)


class RejectImport(ApproveImport):
    """A second person's no to all versions of an import, or of its undoing, that still wait. With `Prefer:
    respond-async` it is a job: 202 with its address."""

    operation = "imports_reject"
    decision = Decision.REJECTED


class StopImport(_Step):
    """Ends what is being done with the import: its check, commit, decision or undoing, at once or by a job. What was
    stopped has recorded nothing; what was faster stands. The answer is the import once nobody works on it."""

    operation = "imports_stop"
    roles = tuple(dict.fromkeys((*WRITERS, *DECIDERS)))
    changes = False

    def step(self, subject: Import, told: dict[str, Any]) -> None:
        stopping.stop(import_id=subject.pk, actor=self.request.user)


def content_of(told: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(told["content"], validate=True)
    except (binascii.Error, ValueError):
        raise InputError("content", "base64", got="something else") from None
