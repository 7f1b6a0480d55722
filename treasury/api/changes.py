"""The feed of changes: everything that happened to the book, in the order in which it became visible."""

import re
from typing import Any
from urllib.parse import urlencode

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api import pages
from treasury.api.change_bodies import ChangeSerializer, followed, shown
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.problems import ParameterError
from treasury.api.views import ApiView
from treasury.kernel.errors import shown as quoted
from treasury.queries import access, changes
from treasury.queries.changes import Place

CURSOR_PATTERN = r"^(end|[0-9]{1,15}(\.[0-9]{1,9}\.[0-9]{1,15})?)$"
CURSOR = Parameter(
    "cursor",
    "Where the page starts: `cursor` of the page before, kept as long as you like. Without it from the first change on;"
    " `end`: only what comes after now.",
    pattern=CURSOR_PATTERN,
)


class ChangePageSerializer(serializers.Serializer):
    """`results` may be empty although `has_more` is true: those commits were not yours to see."""

    cursor = serializers.CharField(
        help_text="Everything before it has been told. Keep it when the page is applied."
    )
    next = serializers.URLField(help_text="The next page, or later the next changes.")
    has_more = serializers.BooleanField(help_text="No: you have everything; ask again later.")
    results = ChangeSerializer(many=True)


class Changes(ApiView):
    """Each change of each resource at least once, in the order of the commits. A transaction that commits late comes
    late and is not missed; a cursor never expires."""

    permission_classes = (OfEntities,)
    operation = "changes"
    response_schema = ChangePageSerializer
    parameters = (
        CURSOR,
        Parameter(
            "resources",
            "Only these, between commas: `exposures,instruments`.",
            pattern="^[a-z-]+(,[a-z-]+)*$",
        ),
        Parameter("entity", "Only those of the entity with this code, and those of no entity."),
        Parameter(
            "bodies",
            "Whether the changed rows come along.",
            "choice",
            choices=("slim", "full"),
            default="slim",
        ),
        pages.PAGE_SIZE,
    )

    def get(self, request: Request) -> Response:
        values = self.read_query(request)
        visible = access.visible_entities(request.user)
        if "entity" in values:
            visible = visible.filter(code=values["entity"])
        page = changes.after(
            place(values.get("cursor")),
            entity_ids=list(visible.values_list("pk", flat=True)),
            size=values["page_size"],
            only=resources(values.get("resources")),
        )
        query = request.query_params.dict() | {"cursor": str(page.upto)}
        return Response(
            {
                "cursor": str(page.upto),
                "next": request.build_absolute_uri(f"{request.path}?{urlencode(query)}"),
                "has_more": page.has_more,
                "results": shown(page.changes, request.user, full=values["bodies"] == "full"),
            }
        )


def place(text: str | None, name: str = "cursor") -> Place:
    if text is None:
        return Place()
    if not re.fullmatch(CURSOR_PATTERN, text):
        raise ParameterError(name, "a cursor from a page before, or end", got=quoted(text))
    return changes.end() if text == "end" else Place.read(text)


def resources(text: str | None) -> tuple[str, ...]:
    named: Any = tuple(text.split(",")) if text else ()
    for name in named:
        if name not in followed():
            raise ParameterError("resources", "names out of " + ", ".join(followed()), got=quoted(name))
    return named
