"""What has changed since a place in the order of commits: read along the commits, for the entities that may be seen.

A page takes a stretch of commits and asks every followed table for its rows of these, all in one statement. A place is
(commit number, place of the table, key of the row), so that an action with 50,000 rows is read in pages like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, Case, CharField, F, Max, Model, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.module_loading import import_string

from treasury.enums import ChangeVerb, Decision
from treasury.models import Commit

#: After every table of a commit: the commit is read.
_WHOLE = 10**9
_EVERY = Q()
_COLUMNS = ("number", "place", "row", "thing", "body", "verb", "version")

Narrow = Callable[["QuerySet[Any]", Collection[int]], "QuerySet[Any]"]


def by(path: str) -> Narrow:
    """The rows whose entity, at the end of the path, may be seen."""
    return lambda rows, entity_ids: rows.filter(**{f"{path}__in": entity_ids})


def shared(rows: QuerySet[Any], entity_ids: Collection[int]) -> QuerySet[Any]:
    """Rows that belong to no entity: everyone with a role sees them."""
    return rows


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose rows are changes of a resource.

    `place` orders tables within one commit; it stands in cursors that others keep, so that it never changes and is
    never given to another table. `thing` is the id in the resource's address, `body` the key of the row that is shown.
    """

    place: int
    resource: str
    model: type[Model]
    narrow: Narrow
    verb: Any = ChangeVerb.CREATED
    thing: Any = "pk"
    body: Any = "pk"
    version: str = ""
    only: Q = _EVERY
    number: str = "event__commit__number"


FIRST_OR_LATER = Case(
    When(version_number=1, then=Value(ChangeVerb.CREATED)),
    default=Value(ChangeVerb.CHANGED),
    output_field=CharField(),
)
DECIDED = Case(
    When(decision=Decision.APPROVED, then=Value(ChangeVerb.DECIDED)),
    default=Value(ChangeVerb.WITHDRAWN),
    output_field=CharField(),
)


def versioned(
    place: int,
    resource: str,
    version: type[Model],
    approval: type[Model],
    *,
    thing: str,
    entity: str,
) -> tuple[Source, Source]:
    """Versions of a thing, and the decisions on them. The row that is shown is the version."""
    return (
        Source(place, resource, version, by(entity), FIRST_OR_LATER, thing, version="version_number"),
        Source(
            place + 1, resource, approval, by(f"version__{entity}"), DECIDED, f"version__{thing}", "version_id",
            version="version__version_number",
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Everything before it has been read, and the row itself."""

    number: int = 0
    place: int = _WHOLE
    row: int = 0

    @classmethod
    def read(cls, text: str) -> Place:
        """From `1042` (all of that commit) or `1042.40.17`; raises ValueError."""
        parts = [int(part) for part in text.split(".")]
        if len(parts) not in (1, 3):
            raise ValueError(text)
        return cls(*parts)

    def __str__(self) -> str:
        return str(self.number) if self.place == _WHOLE else f"{self.number}.{self.place}.{self.row}"


@dataclass(frozen=True, slots=True)
class Change:
    number: int
    place: int
    row: int
    resource: str
    id: int
    body: int
    verb: str
    version: int | None
    at: datetime
    actor: str | None
    action: str | None
    event_id: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """`upto`: where the next page begins. `has_more`: there are commits beyond it already."""

    changes: list[Change]
    upto: Place
    has_more: bool


@cache
def sources() -> tuple[Source, ...]:
    """Every followed table, of all apps, in the order of their places."""
    found = [source for path in settings.HEDGEBOOK_FOLLOWED for source in import_string(f"{path}.SOURCES")]
    return tuple(sorted(found, key=lambda source: source.place))


def resources() -> tuple[str, ...]:
    return tuple(sorted({source.resource for source in sources()}))


def end() -> Place:
    """After the newest commit."""
    return Place(Commit.objects.aggregate(last=Max("number"))["last"] or 0)


def after(
    since: Place,
    *,
    entity_ids: Collection[int],
    size: int,
    only: Collection[str] = (),
    until: Place | None = None,
) -> Page:
    """The changes after a place, at most `size`; `only` names resources, `until` a place that is not passed."""
    stretch = _stretch(since, until, size)
    if not stretch:
        return Page([], since, has_more=False)
    followed = [source for source in sources() if not only or source.resource in only]
    branches = [_rows(source, since, until, stretch, entity_ids, size + 1) for source in followed]
    found: list[tuple[Any, ...]] = []
    if len(branches) == 1:  # in its order, and cut off already
        found = list(branches[0])
    elif branches:
        union = branches[0].union(*branches[1:], all=True)
        found = list(union.order_by("change_number", "change_place", "change_row")[: size + 1])
    if len(found) > size:
        found = found[:size]
        upto, has_more = Place(*found[-1][:3]), True
    else:
        upto, has_more = Place(stretch[-1]), len(stretch) == size
        if until is not None and upto.number == until.number:
            upto = until
    return Page(_told(found, followed), upto, has_more)


def _stretch(since: Place, until: Place | None, size: int) -> list[int]:
    """The next commits that are not read to their end."""
    found = Commit.objects.filter(**{"number__gt" if since.place == _WHOLE else "number__gte": since.number})
    if until is not None:
        found = found.filter(number__lte=until.number)
    numbers = found.order_by("number").values_list("number", flat=True)[:size]
    return [number for number in numbers if number is not None]


def _rows(
    source: Source,
    since: Place,
    until: Place | None,
    stretch: Sequence[int],
    entity_ids: Collection[int],
    size: int,
) -> QuerySet[Any]:
    number = source.number
    found = source.model._default_manager.filter(
        source.only, **{f"{number}__gte": stretch[0], f"{number}__lte": stretch[-1]}
    )
    found = source.narrow(found, entity_ids)
    if since.place != _WHOLE and stretch[0] == since.number:
        if source.place < since.place:
            found = found.filter(**{f"{number}__gt": since.number})
        elif source.place == since.place:
            found = found.filter(Q(**{f"{number}__gt": since.number}) | Q(pk__gt=since.row))
    if until is not None and until.place != _WHOLE:
        if source.place > until.place:
            found = found.filter(**{f"{number}__lt": until.number})
        elif source.place == until.place:
            found = found.filter(Q(**{f"{number}__lt": until.number}) | Q(pk__lte=until.row))
    told = {
        "number": F(number),
        "place": Value(source.place),
        "row": F("pk"),
        "thing": key(source.thing),
        "body": key(source.body),
        "verb": Value(str(source.verb)) if isinstance(source.verb, str) else source.verb,
        "version": key(source.version or None),
    }
    found = found.annotate(**{f"change_{name}": told[name] for name in _COLUMNS})
    columns = [f"change_{name}" for name in _COLUMNS]
    return found.order_by("change_number", "change_row").values_list(*columns)[:size]


def key(told: Any) -> Any:
    """A key of the row; columns of all tables get one type, so that the tables can be read in one statement."""
    return Cast(
        F(told) if isinstance(told, str) else told if told is not None else Value(None), BigIntegerField()
    )


def _told(found: Sequence[tuple[Any, ...]], followed: Sequence[Source]) -> list[Change]:
    named = {source.place: source.resource for source in followed}
    commits = {
        number: (at, event or run_event, actor or run_actor, action or run_action)
        for number, at, event, run_event, actor, run_actor, action, run_action in Commit.objects.filter(
            number__in={row[0] for row in found}
        ).values_list(
            "number", "recorded_at", "event_id", "run_event_id", "event__actor__username",
            "run_event__actor__username", "event__action", "run_event__action",
        )
    }  # fmt: skip
    changes = []
    for number, place, row, thing, body, verb, version in found:
        at, event, actor, action = commits[number]
        changes.append(
            Change(number, place, row, named[place], thing, body, verb, version, at, actor, action, event)
        )
    return changes
