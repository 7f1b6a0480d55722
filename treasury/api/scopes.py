"""What a list is about: nothing in particular, a point on the two clocks, or a run. It comes from the query."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework import serializers

from treasury.api.parameters import Parameter
from treasury.enums import RunKind
from treasury.queries import runs
from treasury.queries.known import Point
from treasury.queries.published import published_run

AS_OF = Parameter("as_of", "Business date; without it that of the newest published run, else today.", "date")
KNOWN_AT = Parameter(
    "known_at", "As the database knew it at this time; without it, as it is known now.", "time"
)
RUN = Parameter("run", "Id of a run; without it the newest published one (up to `as_of`).", "integer")


class RunReference(serializers.Serializer):
    """The run that the rows belong to; its status is theirs."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(RunKind.choices)
    as_of_date = serializers.DateField()
    revision = serializers.IntegerField()
    status = serializers.CharField()
    known_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)


@dataclass
class Scope:
    """`shown` stands in the answer; `pinned` goes into `next`, so that a later page is about the same."""

    user: Any
    point: Point | None = None
    known_at: datetime | None = None
    as_of: date | None = None
    run_id: int | None = None
    shown: dict[str, Any] = field(default_factory=dict)
    pinned: dict[str, Any] = field(default_factory=dict)


def of_nothing(user: Any, values: dict[str, Any]) -> Scope:
    return Scope(user)


def of_point(user: Any, values: dict[str, Any]) -> Scope:
    known_at = values.get("known_at")
    as_of = values.get("as_of") or _business_date()
    shown = {"as_of_date": as_of, "known_at": known_at}
    return Scope(
        user,
        point=Point(as_of, known_at),
        known_at=known_at,
        shown=shown,
        pinned={"as_of": as_of.isoformat()},
    )


def of_run(user: Any, values: dict[str, Any]) -> Scope:
    """A run that was asked for and is not there, or is the close of others, is an address that is not there."""
    asked = values.get("run")
    found = published_run(as_of=values.get("as_of"), known_at=values.get("known_at"), run_id=asked)
    if asked is not None and not _is_seen(found, user):
        raise Http404
    if found is None:
        return Scope(user, shown={"run": None})
    run = {name: found[name] for name in RunReference().fields}
    return Scope(user, run_id=found["id"], shown={"run": run}, pinned={"run": found["id"]})


def _is_seen(found: dict[str, Any] | None, user: Any) -> bool:
    """A night is everybody's, a close its entity's."""
    if found is None:
        return False
    return found["kind"] == RunKind.NIGHTLY or runs.runs(user).filter(pk=found["id"]).exists()


def _business_date() -> date:
    run = published_run()
    return run["as_of_date"] if run else timezone.now().date()
