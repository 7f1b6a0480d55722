"""Reads of what is recorded once, or changes its columns: as the database knew it at a time."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Model, Q, QuerySet
from rest_framework import serializers

from treasury.api import parameters
from treasury.api.parameters import Parameter
from treasury.api.rows import Row
from treasury.api.scopes import KNOWN_AT, Scope
from treasury.api.views import Resource
from treasury.queries import as_known

Later = dict[str, tuple[str, ...]]
AS_OF = Parameter("as_of", "What is dated up to this business date.", "date")
#: The time of a decision on a version, and what it adds to the row.
DECIDED_LATER: Later = {"approval__recorded_at": ("decision", "decided_at", "decided_by", "decision_comment")}


class RecordedResource(Resource):
    """Those recorded by `known_at`, as they were then, and dated up to `as_of`, where they have a business date.

    `dated`: its column. `later`: what is added to a row afterwards, by the column with the time of it; it was not known
    before. `state_table`: the model, where columns of the row change and their changes are logged.
    """

    scope_parameters = (KNOWN_AT,)
    scope_fields: ClassVar[dict[str, serializers.Field]] = {
        "known_at": serializers.DateTimeField(allow_null=True)
    }
    dated: ClassVar[str] = ""
    later: ClassVar[Later] = {}
    state_table: ClassVar[type[Model] | None] = None

    @property
    def moves(self) -> bool:
        """Whether rows change, so that one has to be put back to what it was."""
        return self.state_table is not None

    def __init_subclass__(cls, **told: Any) -> None:
        super().__init_subclass__(**told)
        if "dated" in vars(cls):
            cls.scope_parameters = (AS_OF, KNOWN_AT)

    def scope(self, values: dict[str, Any]) -> Scope:
        known_at = values.get("known_at")
        shown = {"known_at": known_at}
        return Scope(self.request.user, known_at=known_at, as_of=values.get("as_of"), shown=shown)

    def known(self, scope: Scope) -> "QuerySet[Any]":
        found = self.rows(scope)
        if scope.known_at is not None:
            found = found.filter(recorded_at__lte=scope.known_at)
        return found if scope.as_of is None else found.filter(**{f"{self.dated}__lte": scope.as_of})

    def filtered(self, found: "QuerySet[Any]", scope: Scope, values: dict[str, Any]) -> "QuerySet[Any]":
        """By what was known: what was decided later still waits, what was another state then is that one."""
        if scope.known_at is None:
            return super().filtered(found, scope, values)
        for lookup, value in parameters.lookups(self.parameters, values).items():
            found = self._as_then_filtered(found, lookup, value, scope.known_at)
        return found

    def _as_then_filtered(
        self, found: "QuerySet[Any]", lookup: str, value: Any, known_at: datetime
    ) -> "QuerySet[Any]":
        for time in self.later:
            relation = time.removesuffix("recorded_at")
            if lookup == f"{relation}isnull":
                after, by = Q(**{f"{time}__gt": known_at}), Q(**{f"{time}__lte": known_at})
                return found.filter(Q(**{lookup: True}) | after if value else by)
            if lookup.startswith(relation):
                return found.filter(**{lookup: value, f"{time}__lte": known_at})
        if self.state_table is not None and isinstance(value, str):
            columns = {field.name: field.attname for field in self.state_table._meta.concrete_fields}
            if lookup in columns:
                then = as_known.column_then(self.state_table, columns[lookup], known_at)
                return found.annotate(**{f"then_{lookup}": then}).filter(**{f"then_{lookup}": value})
        return found.filter(**{lookup: value})

    def as_then(self, found: list[Row], scope: Scope) -> None:
        if scope.known_at is None or not found:
            return
        rows = {row["id"]: row for row in found}
        for key, *times in (
            self.rows(scope).filter(pk__in=rows).values_list("pk", *self.later) if self.later else ()
        ):
            for names, time in zip(self.later.values(), times, strict=True):
                if time is not None and time > scope.known_at:
                    rows[key].update({name: None for name in names if name in rows[key]})
        if self.state_table is not None:
            _put_back(rows, self.row_serializer(), self.state_table, scope.known_at)


def _put_back(
    rows: dict[int, Row], serializer: type[serializers.Serializer], model: type[Model], at: datetime
) -> None:
    for key, columns in as_known.values_then(model._meta.db_table, rows, at).items():
        for name, field in serializer().fields.items():
            column, _, of_person = (field.source or name).partition(".")
            if of_person and columns.get(f"{column}_id", 0) is None:
                rows[key][name] = None
            elif column in columns and not of_person:
                rows[key][name] = _read(columns[column], field)


def _read(value: Any, field: serializers.Field) -> Any:
    if value and isinstance(field, serializers.DateTimeField):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if value and isinstance(field, serializers.DateField) else value
