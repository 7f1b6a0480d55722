"""Pages by key: the next page starts after the last row's key, so that page 10,000 costs as much as the first.

There is no count: it would read the whole book for each page.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, Q, QuerySet

from treasury.api.parameters import Parameter
from treasury.api.problems import ParameterError
from treasury.kernel.errors import shown

LARGEST_PAGE = 1000
CURSOR = Parameter("cursor", "Where the page starts: taken from `next` of the page before.")
PAGE_SIZE = Parameter("page_size", "Rows a page.", "integer", default=100, maximum=LARGEST_PAGE)
_BETWEEN = "."
_NUMBER, _WORD = re.compile(r"[0-9]{1,15}"), re.compile(r"[A-Z_]{1,40}")


def start_after(
    queryset: "QuerySet[Any]", key: Sequence[str], cursor: str, *, descending: bool
) -> "QuerySet[Any]":
    """The rows after the cursor: `(a, b) > (x, y)`, written so that an index over the key serves it."""
    values = _read(cursor, [isinstance(queryset.model._meta.get_field(column), CharField) for column in key])
    beyond, up_to = ("lt", "lte") if descending else ("gt", "gte")
    condition = Q()
    for column, value in reversed(list(zip(key, values, strict=True))):
        further = Q(**{f"{column}__{beyond}": value})
        condition = further | (Q(**{column: value}) & condition) if condition else further
    return queryset.filter(Q(**{f"{key[0]}__{up_to}": values[0]}), condition)


def in_order(queryset: "QuerySet[Any]", key: Sequence[str], *, descending: bool) -> "QuerySet[Any]":
    return queryset.order_by(*[f"-{column}" if descending else column for column in key])


def cursor_of(key: Sequence[Any]) -> str:
    return _BETWEEN.join(str(value) for value in key)


def _read(cursor: str, are_texts: list[bool]) -> list[int | str]:
    parts = cursor.split(_BETWEEN)
    readable = len(parts) == len(are_texts) and all(
        (_WORD if is_text else _NUMBER).fullmatch(part)
        for part, is_text in zip(parts, are_texts, strict=True)
    )
    if not readable:
        raise ParameterError("cursor", "a cursor from the `next` of a page", got=shown(cursor))
    return [part if is_text else int(part) for part, is_text in zip(parts, are_texts, strict=True)]
