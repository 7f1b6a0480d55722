"""The second person's decision on a version of a hedge relationship, and the third person's on a late documentation."""

from typing import Any

from rest_framework.response import Response

from hedges.api.relationship_versions import DecidedVersionDetailSerializer, RelationshipVersions
from hedges.domain import relationship_approval
from hedges.models import HedgeRelationshipVersion
from hedges.queries import accounted
from treasury.api.decisions import DECISION, SEEN
from treasury.api.writing import DECIDERS, Action, read_back, seen
from treasury.enums import TokenScope


class _Decide(Action):
    token_scope = TokenScope.DECIDE
    response_schema = DecidedVersionDetailSerializer
    roles = DECIDERS
    body = DECISION
    status_code = 200

    def found(self, where: dict[str, Any]) -> HedgeRelationshipVersion:
        return seen(accounted.versions(self.request.user).filter(pk=where["key"]))

    def act(self, subject: HedgeRelationshipVersion, told: dict[str, Any]) -> Response:
        self.decide(subject, told["comment"], told[SEEN])
        return self.made(read_back(RelationshipVersions, self.request.user, subject.pk))

    def decide(self, version: HedgeRelationshipVersion, comment: str, digest: str) -> None:
        raise NotImplementedError


class ApproveVersion(_Decide):
    """Approves a designation, or a change, which is then applied at once; one's own is refused."""

    operation = "hedge_relationship_versions_approve"

    def decide(self, version: HedgeRelationshipVersion, comment: str, digest: str) -> None:
        relationship_approval.approve(
            versions=[version], actor=self.request.user, comment=comment, digests=[digest]
        )


class RejectVersion(_Decide):
    """Rejects a designation or change; the units that it had taken are free again."""

    operation = "hedge_relationship_versions_reject"

    def decide(self, version: HedgeRelationshipVersion, comment: str, digest: str) -> None:
        relationship_approval.reject(
            versions=[version], actor=self.request.user, comment=comment, digests=[digest]
        )


class AcceptLate(_Decide):
    """Accepts that a designation was documented after its date: a person besides author and approver."""

    operation = "hedge_relationship_versions_accept_late"

    def decide(self, version: HedgeRelationshipVersion, comment: str, digest: str) -> None:
        relationship_approval.accept_late(
            version=version, actor=self.request.user, comment=comment, digest=digest
        )
