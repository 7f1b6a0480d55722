"""What an administrator does with webhooks: subscribe, change the address, pause, resume, make a new secret, replay."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.response import Response

from treasury.api.bodies import Body, Input, body
from treasury.api.changes import place
from treasury.api.links import Made
from treasury.api.problems import ParameterError
from treasury.api.webhooks import Webhooks, WebhookSerializer
from treasury.api.writing import Action, address, read_back, seen
from treasury.domain.request_keys import Answer
from treasury.domain.webhooks import subscribing
from treasury.domain.webhooks.targets import LONGEST
from treasury.enums import Role, TokenScope
from treasury.kernel.errors import InputError
from treasury.models import Webhook
from treasury.queries import webhooks

_URL = Input("url", "An https address on a host that HEDGEBOOK_WEBHOOK_HOSTS lists.", limit=LONGEST)
_NAMED = body(Input("name", "Of the resource: `exposures`.", limit=40))
_CODED = body(Input("code", "Of an entity of yours.", limit=12))
_REASON = Input("reason", "Goes into the audit event.", required=False, blank=True, default="")


class WebhookWithSecretSerializer(WebhookSerializer):
    secret = serializers.CharField(
        allow_null=True,
        help_text="`whsec_…`: shown this once. Messages are signed with it. Null where the request was sent again.",
    )


class _Webhook(Action):
    """Webhooks belong to no entity: what they tell is what their owner may see."""

    roles: ClassVar[tuple[str, ...]] = (Role.ADMINISTRATOR,)
    response_schema: Any = WebhookSerializer
    makes = Made("webhooks")
    status_code: ClassVar[int] = 200
    token_scope: ClassVar[str] = TokenScope.ADMINISTER
    #: Where the messages go, and what signs them, is the owner's alone: it is the owner's sight that is told.
    owners_alone = True

    def found(self, where: dict[str, Any]) -> Webhook | None:
        one: Webhook = seen(webhooks.webhooks(self.request.user).filter(pk=where["key"]))
        if self.owners_alone and one.owner_id != self.request.user.pk:
            raise PermissionDenied("This is done by the owner of the webhook; you may pause it.")
        return one

    def entity_of(self, subject: Webhook) -> int:
        return 0

    def may_at(self, entity_id: int) -> None:
        """That the role is held somewhere was asked before."""

    def _as_kept(self, answer: HttpResponse) -> Answer:
        """A request that is sent again gets its answer again, but for the secret, which nothing keeps readable."""
        if isinstance(answer, Response) and "secret" in answer.data:
            answer = Response(
                answer.data | {"secret": None}, status=answer.status_code, headers=answer.headers
            )
        return super()._as_kept(answer)

    def answer(self, webhook: Webhook, **more: Any) -> Response:
        row = read_back(Webhooks, self.request.user, webhook.pk) | more
        return self.made(row, address=address("webhooks", webhook.pk))


class Subscribe(_Webhook):
    """Makes a webhook. It tells what you may see, from now on, or from a cursor of the feed of changes."""

    operation = "webhooks_subscribe"
    response_schema = WebhookWithSecretSerializer
    status_code = 201
    body: ClassVar[Body] = body(
        Input("name", "What it is for.", limit=80),
        _URL,
        Input("resources", "Only changes of these; without it all.", "array", required=False, of=_NAMED),
        Input("entities", "Only of these; without it all of yours.", "array", required=False, of=_CODED),
        Input("has_bodies", "Whether changed rows come along.", "boolean", required=False, default=False),
        Input("cursor", "Of the feed; `0`: from the first change on.", required=False, limit=40),
        example={
            "name": "warehouse", "url": "https://hooks.example.com/hedgebook", "resources": [{"name": "exposures"}],
        },
    )  # fmt: skip

    def found(self, where: dict[str, Any]) -> None:
        return None

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        webhook, secret = subscribing.subscribe(
            owner=self.request.user, name=told["name"], url=told["url"],
            resources=[row["name"] for row in told["resources"] or []],
            entity_codes=[row["code"] for row in told["entities"] or []],
            has_bodies=told["has_bodies"], cursor=_cursor(told["cursor"]),
        )  # fmt: skip
        return self.answer(webhook, secret=secret)


class ChangeAddress(_Webhook):
    """Sends what comes to another address."""

    operation = "webhooks_change_address"
    body = body(_URL, example={"url": "https://hooks.example.com/new"})

    def act(self, subject: Webhook, told: dict[str, Any]) -> Response:
        subscribing.change_url(webhook=subject, url=told["url"], actor=self.request.user)
        return self.answer(subject)


class Pause(_Webhook):
    """Sends nothing until it is resumed."""

    operation = "webhooks_pause"
    body = body(_REASON, example={"reason": "the other side is being mended"})
    owners_alone = False

    def act(self, subject: Webhook, told: dict[str, Any]) -> Response:
        subscribing.pause(webhook=subject, actor=self.request.user, reason=told["reason"])
        return self.answer(subject)


class Resume(_Webhook):
    """Goes on where it stopped, at once: what has happened meanwhile is sent now."""

    operation = "webhooks_resume"

    def act(self, subject: Webhook, told: dict[str, Any]) -> Response:
        subscribing.resume(webhook=subject, actor=self.request.user)
        return self.answer(subject)


class NewSecret(_Webhook):
    """A new secret, from the next message on."""

    operation = "webhooks_new_secret"
    response_schema = WebhookWithSecretSerializer

    def act(self, subject: Webhook, told: dict[str, Any]) -> Response:
        secret = subscribing.new_secret(webhook=subject, actor=self.request.user)
        return self.answer(subject, secret=secret)


class Replay(_Webhook):
    """Sends everything after a cursor again: one of the feed, or `cursor_from` of the delivery to begin with."""

    operation = "webhooks_replay"
    body = body(
        Input("cursor", "From here on.", required=False, limit=40),
        Input("delivery", "Or from this delivery on: its id.", "key", required=False),
        _REASON,
        example={"cursor": "1042"},
    )

    def act(self, subject: Webhook, told: dict[str, Any]) -> Response:
        if (told["cursor"] is None) == (told["delivery"] is None):
            raise InputError("cursor", "either a cursor or a delivery", got="both or neither")
        cursor = _cursor(told["cursor"])
        if cursor is None:
            delivery = seen(webhooks.deliveries(self.request.user, subject.pk).filter(pk=told["delivery"]))
            cursor = delivery.cursor_from
        subscribing.replay(webhook=subject, actor=self.request.user, cursor=cursor, reason=told["reason"])
        return self.answer(subject)


def _cursor(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return str(place(text))
    except ParameterError as error:
        raise InputError(error.field, error.expected, got=error.got) from None
