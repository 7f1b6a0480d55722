"""Which tables are changes of exposures. Places 100 to 199.

A bulk job is none: it is its sender's alone, who asks its address how far it is. What it records is told as exposures
and their import. How files are read (import-mappings) is none either: it is shared by persons, not by entities, by
which alone the feed knows what is seen; what was read with it, its import tells.
"""

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When

from exposures.enums import ImportStatus
from exposures.models import ExposureVersion, ExposureVersionApproval, Import
from treasury.enums import ChangeVerb
from treasury.queries import access
from treasury.queries.changes import Source, versioned
from treasury.queries.followed import logged


def _of_own_entities(rows: "QuerySet[Any]", entity_ids: Collection[int], path: str = "pk") -> "QuerySet[Any]":
    """Imports that touch only entities that may be seen; one that nothing is known of yet is its maker's alone."""
    own = Import.objects.filter(entity_ids__contained_by=list(entity_ids)).exclude(entity_ids=[])
    return rows.filter(**{f"{path}__in": own.values("pk")})


#: An import that is given up never counts for anything; one that is undone stays, with the versions that undo it.
_DISCARDED = Case(
    When(new_values__status=ImportStatus.DISCARDED, then=Value(ChangeVerb.WITHDRAWN)),
    default=Value(ChangeVerb.CHANGED),
    output_field=CharField(),
)
SOURCES = (
    *versioned(
        100, "exposures", ExposureVersion, ExposureVersionApproval, thing="exposure_id", entity="entity"
    ),
    Source(110, "imports", Import, _of_own_entities),
    replace(
        logged(111, "imports", "exposures_import", partial(_of_own_entities, path="row_id")), verb=_DISCARDED
    ),
)


def exposure_versions(user: Any) -> "QuerySet[ExposureVersion]":
    return access.scoped(ExposureVersion.objects.all(), user)
