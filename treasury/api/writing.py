"""Writes: one POST, one body, one call of the domain, one transaction, one answer. What the domain refuses is 409.

The order is the same everywhere: who it is, whether the thing is theirs to see (404), whether they have a role for this
at its entity (403), whether the body is as declared (400), whether the thing is as they saw it (428, 412), and then the
domain. Sent again with its key, a request gets the answer that it had. A refusal leaves nothing behind, no key either.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api import idempotency, tags
from treasury.api.bodies import Body
from treasury.api.idempotency import Answer
from treasury.api.links import Made
from treasury.api.permissions import MayWrite
from treasury.api.rendering import Json
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import ApiView, Resource
from treasury.domain import audit, request_keys
from treasury.domain.refusals import as_refusal
from treasury.enums import Role
from treasury.models import Revised
from treasury.queries import access

#: Who prepares, who is the second person, and all of them.
PREPARERS, DECIDERS = access.PREPARERS, access.DECIDERS
EITHER = (Role.APPROVER, Role.HEDGE_ACCOUNTANT, Role.TREASURER)


class Action(ApiView):
    """One thing that is done. `roles`: who may, at the entity of the thing; a class that does not say it is closed.
    `status_code`: of the answer.

    `token_scope`: what a key has to be for; without it that of the package. `saves`: False where it is a preview or
    calculation; it needs neither key nor tag. `changes`: False where it makes something of its own and what it is done
    to stays as it is; `may_be_first`: True where that may not be there yet; `names`: True where the body names it, and
    `named` finds it. `most_bytes`: of the body, where it is no form. `makes`: what `Location` names.
    """

    permission_classes = (MayWrite,)
    roles: ClassVar[tuple[str, ...]] = ()
    token_scope: ClassVar[str] = ""
    body: ClassVar[Body] = Body()
    status_code: ClassVar[int] = 201
    answers: ClassVar[tuple[int, ...]] = ()
    saves: ClassVar[bool] = True
    changes: ClassVar[bool] = True
    may_be_first: ClassVar[bool] = False
    names: ClassVar[bool] = False
    most_bytes: ClassVar[int | None] = None
    makes: ClassVar[Made | None] = None

    @property
    def request_schema(self) -> dict[str, Any]:
        return {"application/json": self.body.schema}

    @classmethod
    def creates(cls) -> bool:
        return cls.saves and not {201, 202}.isdisjoint({cls.status_code, *cls.answers})

    def post(self, request: Request, **where: Any) -> HttpResponse:
        self.read_query(request)
        if not self.saves:
            subject, told = self._asked(request, where)
            return self.act(subject, told)
        key = idempotency.key_of(request)
        digest = idempotency.digest_of(request, idempotency.body_of(request, self.most_bytes))
        # What is checked only when the transaction ends is a refusal as well.
        with as_refusal(), transaction.atomic(), audit.watched() as events:
            before = idempotency.claimed(request, key, digest) if key else None
            if before is not None:
                self._may_see_again(before)
                return idempotency.again(before)
            subject, told = self._asked(request, where)
            if key is None and self.creates() and request.auth is not None:
                raise idempotency.missing()
            answer = self._done(request, subject, told, events)
            if answer.status_code >= 400:
                transaction.set_rollback(True)
            elif key:
                request_keys.keep(
                    caller=idempotency.caller_of(request), key=key, request_digest=digest,
                    answer=self._as_kept(answer), event_id=events[-1] if events else None,
                )  # fmt: skip
        return answer

    def _asked(self, request: Request, where: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """What it is done to, and what was told about it."""
        subject = self.found(where)
        if subject is not None:
            self.may_at(self.entity_of(subject))
        return subject, self.body.read(request.data)

    def _done(self, request: Request, subject: Any, told: dict[str, Any], events: list[int]) -> HttpResponse:
        """Acts on the state that the caller has seen, or on none: checked before, and again after the deed."""
        thing = (self.named(told) if self.names else self.tagged(subject)) if self.changes else None
        if thing is None:
            answer = self.act(subject, told)
        else:
            tags.held(thing)
            before = tags.state(thing)
            tags.check(request, before)
            answer = self.act(subject, told)
            if answer.status_code < 400 and not isinstance(thing, Revised):
                others = tags.state(thing, without=events)
                if not others.is_of_the_rows_of(before):
                    raise tags.changed(others)
        if answer.status_code < 400:
            self._tag(answer, thing)
        return answer

    def _tag(self, answer: HttpResponse, thing: Model | None) -> None:
        """The ETag of what `Location` names; without it that of what was changed."""
        row = getattr(answer, "data", None)
        address = answer.headers.get("Location", "")
        made = tags.at_address(address) if address else None
        if made is not None:
            model, key = made
            answer.headers["ETag"] = tags.states(model, [key]).get(key, tags.State()).tag(row)
        elif thing is not None and not address:
            for state in tags.states(type(thing), [thing.pk]).values():  # none of what was deleted
                answer.headers["ETag"] = state.tag(row)

    def _as_kept(self, answer: HttpResponse) -> Answer:
        """The answer as it goes out: its bytes, made here by the one renderer that the API has."""
        headers = {name: answer.headers[name] for name in idempotency.KEPT if name in answer.headers}
        content = answer.content if not isinstance(answer, Response) else Json().render(answer.data)
        if isinstance(answer, Response):  # the framework says it only when it renders
            headers["Content-Type"] = answer.content_type or Json.media_type
        return Answer(answer.status_code, headers, content, self.entity_id)

    def _may_see_again(self, before: Answer) -> None:
        """Who has lost the role since then does not see the answer again."""
        if before.entity_id is not None:
            seen(access.visible_entities(self.request.user).filter(pk=before.entity_id))
            self.may_at(before.entity_id)

    def tagged(self, subject: Any) -> Model | None:
        """The thing whose state the caller has to have seen; None where there is none yet."""
        return subject if isinstance(subject, Model) and tags.has_tag(type(subject)) else None

    def named(self, told: dict[str, Any]) -> Model | None:
        """What the body names, if it is there: the same for `names` as `tagged` for an address. Raises Http404."""
        raise NotImplementedError

    def found(self, where: dict[str, Any]) -> Any:
        """What it is done to; None where the body says it. Raises Http404."""
        return None

    def entity_of(self, subject: Any) -> int:
        return int(subject.entity_id)

    def act(self, subject: Any, told: dict[str, Any]) -> Response:
        raise NotImplementedError

    #: Where the caller needed a role.
    entity_id: int | None = None

    def may_at(self, entity_id: int) -> None:
        self.entity_id = entity_id
        if not access.has_role_at(self.request.user, entity_id, self.roles):
            raise PermissionDenied(words(self.roles))

    def made(self, row: Row, *, status: int | None = None, address: str = "") -> Response:
        headers = {"Location": self.request.build_absolute_uri(address)} if address else {}
        return Response(row, status=status or self.status_code, headers=headers)


def seen(found: Any) -> Any:
    """The first of what the user may see; there is none: 404, the same whether it is foreign or not there."""
    one = found.first()
    if one is None:
        raise Http404
    return one


def read_back(resource: type[Resource], user: Any, key: Any) -> Row:
    """A row as its own address gives it."""
    return resource(detail=True).one(Scope(user), {"key": key})


def address(name: str, key: Any) -> str:
    return reverse(f"api-{name}-one", args=[key])


def words(roles: tuple[str, ...]) -> str:
    named = " or ".join(str(Role(role).label) for role in roles)
    return f"For this one has to be {named} of the entity."
