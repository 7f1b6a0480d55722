"""Rows in bulk as an integrator sends them: JSON lines, CSV and Parquet, most of the rows as they should be.

The random text that Schemathesis has drawn for the body chooses them, so that the same walk sends the same.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

import schemathesis

from tests.factories.bulk import WRITERS
from treasury.domain.bulk.rows import NDJSON

#: One body in so many is the random text itself, one in so many has a row that is wrong in one field.
RAW, WRONG, MOST = 8, 5, 4
WORDS = ("", "x", "-1", "31/03/2027", "1e9", "2027-02-30", "NOTHING")
#: What stands in the contract's own row → what is known of it.
REPLACED = {
    "entity": "entity", "risk": "risk", "counterparty": "counterparty", "external_reference": "reference",
    "symbol": "pair",
}  # fmt: skip


@schemathesis.serializer(*WRITERS)
def _table(context: Any, value: Any) -> bytes:
    """A text becomes rows; what is of another type than the contract says goes out as it is."""
    raw = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else None
    if raw is None:
        return json.dumps(value).encode()
    operation = context.case.operation
    known = {
        name: [one.value for one in given.entries]
        for name, given in operation.schema.config.dictionaries.items()
    }
    return table(operation.definition.raw, context.case.media_type, known, raw)


def table(
    operation: Mapping[str, Any], media_type: str, known: Mapping[str, Sequence[Any]], raw: bytes
) -> bytes:
    """The body of a bulk by the example that its contract shows, each row about another thing."""
    chance = random.Random(raw)
    if chance.randrange(RAW) == 0:
        return raw
    example = json.loads(operation["requestBody"]["content"][NDJSON]["schema"]["examples"][0])
    told = {field: known[name] for field, name in REPLACED.items() if field in example}
    count = chance.randint(1, min(MOST, max(len(values) for values in told.values())))
    drawn = {field: _drawn(values, count, chance) for field, values in told.items()}
    rows = [example | {field: values[place] for field, values in drawn.items()} for place in range(count)]
    if chance.randrange(WRONG) == 0:
        wrong = chance.choice(rows)
        wrong[chance.choice(list(wrong))] = chance.choice(WORDS)
    return WRITERS[media_type](*rows)


def _drawn(values: Sequence[Any], count: int, chance: random.Random) -> list[Any]:
    """Each another one, where there are enough."""
    return chance.sample(values, count) if len(values) >= count else chance.choices(values, k=count)
