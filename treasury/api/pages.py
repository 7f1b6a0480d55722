"""Pages by key: the next page starts after the last row's key, so that page 10,000 costs as much as the first.

There is no count: it would read the whole book for each page.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from treasury.api.parameters import Parameter
from treasury.api.problems import ParameterError
from treasury.kernel.errors import shown

LARGEST_PAGE = 1000
PAGE_SIZE = Parameter("page_size", "Rows a page.", "integer", default=100, maximum=LARGEST_PAGE)
_BETWEEN = "."
_NUMBER, _WORD = "[0-9]{1,15}", "[A-Z_]{1,40}"
#: Key columns that hold words; all others hold numbers.
_WORDS = {"subject", "element"}


def cursor(key: Sequence[str]) -> Parameter:
    """The parameter of a list with this key."""
    parts = [_WORD if column in _WORDS else _NUMBER for column in key]
    meaning = "Where the page starts: taken from `next` of the page before."
    return Parameter("cursor", meaning, pattern=f"^{re.escape(_BETWEEN).join(parts)}$")


def start_after(
    queryset: "QuerySet[Any]", key: Sequence[str], text: str, *, descending: bool
) -> "QuerySet[Any]":
    """The rows after the cursor: `(a, b) > (x, y)`, written so that an index over the key serves it."""
    values = read(text, key)
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


def read(text: str, key: Sequence[str]) -> list[int | str]:
    """The key in a cursor. Raises ParameterError."""
    if not re.fullmatch(cursor(key).pattern[1:-1], text):
        raise ParameterError("cursor", "a cursor from the `next` of a page", got=shown(text))
    return [
        part if column in _WORDS else int(part)
        for column, part in zip(key, text.split(_BETWEEN), strict=True)
    ]
