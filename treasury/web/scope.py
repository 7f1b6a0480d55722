"""What a page is about: entity, business date, known-at, run. It stands in the address, never in the session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from treasury.kernel import dates
from treasury.queries import people, published
from treasury.queries.access import DECIDERS, PREPARERS, WRITERS

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


@dataclass
class Scope:
    person: people.Person
    entity: dict | None = None
    as_of: date | None = None
    known_at: datetime | None = None
    run_id: int | None = None
    of_now: bool = False  # the page shows what stands now, whatever `known_at` is
    kept: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._run: dict | None = None
        self._read = False

    @property
    def run(self) -> dict | None:
        """The run that this page reads; looked up once, and only by pages that ask."""
        if not self._read:
            self._run = published.published_run(as_of=self.as_of, known_at=self.known_at, run_id=self.run_id)
            self._read = True
        return self._run

    @property
    def nights(self) -> QuerySet:
        """The published nights up to the run of this page: what a history is over."""
        return published.nights(until=self.on, known_at=self.known_at)

    @property
    def entity_ids(self) -> list[int]:
        return [self.entity["id"]] if self.entity else [entity["id"] for entity in self.entities]

    @property
    def on(self) -> date:
        """The business date of lists: as asked, else that of the run, else today."""
        if self.as_of:
            return self.as_of
        return self.run["as_of_date"] if self.run else timezone.now().date()

    @property
    def all_ids(self) -> list[int]:
        """Every entity that the person sees, whatever is chosen: for the page of one thing."""
        return [entity["id"] for entity in self.entities]

    @property
    def entities(self) -> list[dict]:
        return self.person.entities

    @property
    def may_write(self) -> bool:
        return self.person.may_write

    def may_write_at(self, entity_id: int) -> bool:
        return self.person.has_role_at(entity_id, *WRITERS)

    def may_prepare_at(self, entity_id: int) -> bool:
        """Whether the person may record accounts, change hedges, take entries back and ask for a close."""
        return self.person.has_role_at(entity_id, *PREPARERS)

    def may_decide_at(self, entity_id: int) -> bool:
        """Whether the person may be the second one for a hedge relationship or an account map."""
        return self.person.has_role_at(entity_id, *DECIDERS)

    @property
    def writable(self) -> list[dict]:
        """The entities whose book the person may change."""
        return [entity for entity in self.entities if self.may_write_at(entity["id"])]

    @property
    def carry(self) -> str:
        return urlencode(self.kept)

    @property
    def query(self) -> str:
        return f"?{self.carry}" if self.kept else ""

    @property
    def known_at_input(self) -> str:
        return self.known_at.isoformat()[:16] if self.known_at else ""

    def link(self, path: str, **more: object) -> str:
        """An address with the scope of this page and more parameters."""
        pairs = [*self.kept, *((name, str(value)) for name, value in more.items() if value is not None)]
        return f"{path}?{urlencode(pairs)}" if pairs else path


def read_scope(request: HttpRequest) -> Scope:
    scope = Scope(people.person(request.user))
    code = request.GET.get("entity", "")
    if code:
        scope.entity = next((entity for entity in scope.entities if entity["code"] == code), None)
        if scope.entity is None:
            raise Http404(f"You have no entity {code}. Choose one from the list at the top of the page.")
        scope.kept.append(("entity", code))
    scope.as_of = _read(
        request, scope, "as_of", _day, f"a date like 2026-10-09, from {FIRST_DAY} to {LAST_DAY}"
    )
    scope.known_at = _read(request, scope, "known_at", dates.moment_or_utc, "a time like 2026-10-09T18:00")
    scope.run_id = _read(request, scope, "run", int, "the number of a run")
    return scope


def _read(request: HttpRequest, scope: Scope, name: str, parse, expected: str):
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    try:
        value = parse(text)
    except ValueError as error:
        raise Http404(f"{name} is {text!r}; expected {expected}.") from error
    scope.kept.append((name, text))
    return value


def _day(text: str) -> date:
    value = dates.day(text)
    if not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError(text)
    return value


def not_known_then(scope: Scope, thing: str) -> str:
    """Why a thing that is there has no page: `known_at` stands before its first version."""
    return (
        f"This {thing} was not recorded by {scope.known_at_input} UTC, the time in the address."
        " Choose a later time, or leave known_at out."
    )
