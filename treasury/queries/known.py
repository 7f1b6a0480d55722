"""The book as of a business date, as known at a database time: one definition of "the version that counts"."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import models
from django.db.models import Q

from treasury.enums import Decision

V = TypeVar("V", bound=models.Model)


@dataclass(frozen=True)
class Point:
    """A point on the two clocks: valid on `as_of_date`, known at `known_at` (None: everything known by now)."""

    as_of_date: date
    known_at: datetime | None = None


def applicable(versions: "models.QuerySet[V]", *, parent: str, at: Point) -> "models.QuerySet[V]":
    """Of each `parent` the version that counts at the point: the newest approved one whose validity holds the date.

    Returns a queryset over the same model, one row a parent, that can be filtered and ordered further.
    """
    counting = (
        _counting(versions.model, at)
        .order_by(f"{parent}_id", "-version_number")
        .distinct(f"{parent}_id")
        .values("pk")
    )
    return versions.filter(pk__in=counting)


def applicable_in_order(versions: "models.QuerySet[V]", *, parent: str, at: Point) -> "models.QuerySet[V]":
    """The same versions as `applicable`, asked one parent at a time: for a page, which stops after its last row.

    Ordered by the parent it reads along the key (parent, version number) and never touches the rest of the book.
    """
    counting = (
        _counting(versions.model, at)
        .filter(**{f"{parent}_id": models.OuterRef(f"{parent}_id")})
        .order_by("-version_number")
        .values("pk")[:1]
    )
    return versions.filter(pk=models.Subquery(counting))


def _counting(model: type[V], at: Point) -> "models.QuerySet[V]":
    """Approved at the point and valid on its date: of each parent the highest version number among these counts."""
    approved = Q(approval__decision=Decision.APPROVED)
    if at.known_at is not None:
        approved &= Q(approval__recorded_at__lte=at.known_at)
    return model._default_manager.filter(approved, valid_from__lte=at.as_of_date).filter(
        Q(valid_to=None) | Q(valid_to__gt=at.as_of_date)
    )


def newest(versions: "models.QuerySet[V]", *, parent: str) -> "models.QuerySet[V]":
    """Of each `parent` the newest version, approved or not: what an editor works on."""
    last = (
        versions.model._default_manager.order_by(f"{parent}_id", "-version_number")
        .distinct(f"{parent}_id")
        .values("pk")
    )
    return versions.filter(pk__in=last)


def applicable_sql(version_table: str, parent_column: str, *, drafts: str = "") -> str:
    """The same rule as SQL for COPY: a subquery with the parameters %(as_of_date)s and %(known_at)s.

    The approvals table is the version table's name + "approval", as Django names it. `drafts` names a parameter: the
    ids of versions that count although they are not approved, whatever the date.
    """
    if drafts:
        given = f"v.id = ANY (%({drafts})s::bigint[])"
        return (
            f"SELECT DISTINCT ON (v.{parent_column}) v.* FROM {version_table} v"
            f" LEFT JOIN {version_table}approval a ON a.version_id = v.id AND a.decision = 'APPROVED'"
            f" AND a.recorded_at <= %(known_at)s WHERE {given} OR a.id IS NOT NULL"
            " AND v.valid_from <= %(as_of_date)s AND (v.valid_to IS NULL OR v.valid_to > %(as_of_date)s)"
            f" ORDER BY v.{parent_column}, v.version_number DESC"
        )
    return (
        f"SELECT DISTINCT ON (v.{parent_column}) v.* FROM {version_table} v"
        f" JOIN {version_table}approval a ON a.version_id = v.id AND a.decision = 'APPROVED'"
        " AND a.recorded_at <= %(known_at)s"
        " WHERE v.valid_from <= %(as_of_date)s AND (v.valid_to IS NULL OR v.valid_to > %(as_of_date)s)"
        f" ORDER BY v.{parent_column}, v.version_number DESC"
    )
