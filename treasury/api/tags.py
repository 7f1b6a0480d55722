"""Entity tags: in which state of a thing an answer was made, so that a change is made to what was seen.

A tag is `"e1234.3-9f2c1a7b"`: the newest audit event among the rows of the thing, how many rows and logged changes it
has, and a digest of the answer. The first two are the thing's state: `If-Match` compares these. An event that began
early and is committed late is not the newest, but one more. The digest makes the whole tag that of the representation.
What is no row of the book (a draft, a saved view, a webhook) has `"r17.2-…"`: its id and its revision.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.apps import apps
from django.db import connection
from django.db.models import (
    Case,
    F,
    ForeignKey,
    Model,
    OneToOneField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import Resolver404, resolve
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api.problems import ProblemError
from treasury.enums import RunStatus
from treasury.kernel.errors import InputError, shown
from treasury.models import ApprovalRecord, AuditChange, CalculationRun, Recorded, Revised, VersionRecord

IF_MATCH, IF_NONE_MATCH = "If-Match", "If-None-Match"
EXPECTED = 'the ETag of the thing as it was read, such as "e1234.3-9f2c1a7b"'
_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e]*)"')
_LIST = re.compile(rf"\s*{_TAG.pattern}\s*(?:,\s*{_TAG.pattern}\s*)*")
Things = dict[int, "State"]
#: What belongs to a thing besides its own row, its versions and the decisions on them: rows → path to the thing.
_ALSO: dict[type[Model], list[tuple[type[Model], str]]] = {}
#: The step that a thing is at, where it goes on without an audit event.
_STEPS: dict[type[Model], Any] = {
    CalculationRun: Case(
        *(When(status=status, then=Value(step)) for step, status in enumerate(RunStatus.values))
    )
}


@dataclass(frozen=True)
class State:
    """The newest event of a thing and the number of its rows and logged changes; `step`: how far it has gone itself."""

    event: int = 0
    count: int = 0
    step: int = 0
    mark: str = "e"

    def __str__(self) -> str:
        return f"{self.mark}{self.event}.{self.count + self.step}"

    def is_of_the_rows_of(self, other: "State") -> bool:
        return (self.event, self.count) == (other.event, other.count)

    def tag(self, row: Any = None) -> str:
        """The ETag of an answer that shows the thing as `row`."""
        digest = hashlib.sha256(orjson.dumps(row, option=orjson.OPT_UTC_Z)).hexdigest()[:8]
        return f'"{self}-{digest}"'


def also(thing: type[Model], *rows: tuple[type[Model], str]) -> None:
    """Says that these rows change the thing too: `also(JournalEntry, (JournalReversalVersion, "entry"))`."""
    known = _ALSO.setdefault(thing, [])
    known.extend(one for one in rows if one not in known)
    parts.cache_clear()


def has_tag(model: type[Model]) -> bool:
    return issubclass(model, (Recorded, Revised))


@cache
def parts(thing: type[Model]) -> tuple[tuple[type[Model], str], ...]:
    """Each table with rows of the thing, and the path from its rows to the thing."""
    found: list[tuple[type[Model], str]] = [(thing, "pk"), *_decisions(thing, "")]
    for model in apps.get_models():
        if issubclass(model, VersionRecord):
            for field in model._meta.fields:
                if isinstance(field, ForeignKey) and _is_version_of(field, thing):
                    found += [(model, field.attname), *_decisions(model, f"{field.attname}")]
    for model, path in _ALSO.get(thing, ()):
        found += [(model, path), *_decisions(model, path)]
    return tuple(dict.fromkeys(found))


def states(
    thing: type[Model],
    keys: Collection[int],
    *,
    known_at: datetime | None = None,
    without: Iterable[int] = (),
) -> Things:
    """The state of each of these things that is there, in one query; `without` leaves out events, such as one's own."""
    if issubclass(thing, Revised):
        kept = thing._default_manager.filter(pk__in=keys).values_list("pk", "revision")
        return {key: State(key, revision, mark="r") for key, revision in kept}
    events = _events(thing, keys, known_at)
    left_out, found = set(without), {}
    for key, event in events:
        if event not in left_out:
            before = found.get(key, State())
            found[key] = State(max(before.event, event), before.count + 1)
    if thing in _STEPS and known_at is None:  # whoever reads the book as it was changes nothing with it
        at = thing._default_manager.filter(pk__in=found).order_by().values_list("pk", _STEPS[thing])
        found |= {key: replace(found[key], step=step) for key, step in at}
    return found


def state(thing: Model, **told: Any) -> State:
    return states(type(thing), [thing.pk], **told).get(thing.pk, State())


def answered(request: Request, row: Any, shown: State) -> Response:
    """The answer to a read with its tag; 304 where the caller has it already."""
    tag = shown.tag(row)
    if is_seen(request, tag):
        return Response(status=304, headers={"ETag": tag})
    return Response(row, headers={"ETag": tag})


def at_address(address: str) -> tuple[type[Model], int] | None:
    """The thing whose address this is, if its resource shows tags."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    thing = getattr(getattr(match.func, "cls", None), "tagged", None)
    return (thing, int(match.kwargs["key"])) if thing is not None and "key" in match.kwargs else None


def held(thing: Model) -> None:
    """Waits until no other request changes the thing; holds it until the transaction ends."""
    if isinstance(thing, Revised):
        # Workers change it too: the row itself is held.
        type(thing)._default_manager.select_for_update().filter(pk=thing.pk).values_list("pk").first()
    else:
        held_name(f"{thing._meta.db_table} {thing.pk}")


def held_name(name: str) -> None:
    """Waits until nobody else holds what is called so: of what is not there yet."""
    text = f"change {name}".encode()
    number = int.from_bytes(hashlib.sha256(text).digest()[:8], "big") >> 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def check(request: Request, now: State) -> None:
    """428 without a tag, 412 with that of another state. `*`: any state of what is there (RFC 9110 13.1.1)."""
    given = request.headers.get(IF_MATCH)
    if given is None:
        raise ProblemError(
            428, "precondition_required", "Say which state of it you have seen: send its ETag as If-Match.",
            field=IF_MATCH, expected=EXPECTED,
        )  # fmt: skip
    if given.strip() == "*":
        return
    if not _LIST.fullmatch(given):
        raise InputError(IF_MATCH, EXPECTED, got=shown(given))
    # A weak tag never matches; of a strong one the state counts, not how it was shown.
    seen = {opaque.partition("-")[0] for weak, opaque in _TAG.findall(given) if not weak}
    if str(now) not in seen:
        raise changed(now)


def changed(now: State) -> ProblemError:
    return ProblemError(
        412, "precondition_failed", "It has changed since it was read. Read it again, then decide again.",
        headers={"ETag": f'"{now}"'}, field=IF_MATCH, expected=f'"{now}"',
    )  # fmt: skip


def is_seen(request: Request, tag: str) -> bool:
    """Whether the caller has this very answer already (`If-None-Match`; a weak comparison, RFC 9110 13.1.2)."""
    given = request.headers.get(IF_NONE_MATCH, "")
    return given.strip() == "*" or tag.strip('"') in {opaque for _, opaque in _TAG.findall(given)}


def _is_version_of(field: Any, thing: type[Model]) -> bool:
    """A version's own thing, not what it names besides: `related_name` is `versions` there and nowhere else."""
    return field.related_model is thing and field.remote_field.related_name == "versions"


def _decisions(of: type[Model], path: str) -> list[tuple[type[Model], str]]:
    """Approvals of the versions of a thing, or of one version."""
    if not issubclass(of, VersionRecord):
        return []
    return [
        (model, f"version__{path}" if path else "version_id")
        for model in apps.get_models()
        if issubclass(model, ApprovalRecord)
        for field in model._meta.fields
        if isinstance(field, OneToOneField) and field.related_model is of and field.name == "version"
    ]


def _events(
    thing: type[Model], keys: Collection[int], known_at: datetime | None
) -> Iterable[tuple[int, int]]:
    """(thing, event) of every row and of every logged change of a row."""
    found: list[QuerySet[Any, Any]] = []
    until = {} if known_at is None else {"event__recorded_at__lte": known_at}
    for model, path in parts(thing):
        rows = model._default_manager.filter(**{f"{path}__in": keys}).order_by()
        found.append(rows.filter(**until).values_list(F(path), F("event_id")))
        if not issubclass(model, (VersionRecord, ApprovalRecord)):
            whose = Subquery(model._default_manager.filter(pk=OuterRef("row_id")).values(path)[:1])
            changes = AuditChange.objects.filter(
                table_name=model._meta.db_table, row_id__in=rows.values("pk"), **until
            )
            found.append(changes.order_by().values_list(whose, F("event_id")))
    return found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
