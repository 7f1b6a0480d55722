"""The second person's decision on a version of an exposure; the versions of a split are decided on together."""

from typing import Any

from rest_framework.response import Response

from exposures.api.exposure_versions import DecidedExposureVersions, DecidedExposureVersionSerializer
from exposures.models import ExposureVersion
from exposures.queries import exposures
from hedges.domain import book_approval
from treasury.api.decisions import DECISION, SEEN
from treasury.api.routes import action
from treasury.api.writing import DECIDERS, Action, read_back, seen
from treasury.enums import Decision, TokenScope


class _Decide(Action):
    response_schema = DecidedExposureVersionSerializer
    roles = DECIDERS
    token_scope = TokenScope.DECIDE
    body = DECISION
    status_code = 200
    decision = Decision.APPROVED

    def found(self, where: dict[str, Any]) -> ExposureVersion:
        return seen(exposures.all_versions(self.request.user).filter(pk=where["key"]))

    def act(self, subject: ExposureVersion, told: dict[str, Any]) -> Response:
        book_approval.decide(
            kind="exposure", version_id=subject.pk, actor=self.request.user, decision=self.decision,
            comment=told["comment"], digest=told[SEEN],
        )  # fmt: skip
        return self.made(read_back(DecidedExposureVersions, self.request.user, subject.pk))


class ApproveExposureVersion(_Decide):
    """A second person's yes: the version counts from its date on. What a split has made with it is decided by the same
    word; versions that came in bulk or from a file are decided on as one import."""

    operation = "exposure_versions_approve"


class RejectExposureVersion(_Decide):
    """A second person's no: the version never counts."""

    operation = "exposure_versions_reject"
    decision = Decision.REJECTED


urlpatterns = [
    action("exposure-versions/<key:key>/approve", ApproveExposureVersion),
    action("exposure-versions/<key:key>/reject", RejectExposureVersion),
]
