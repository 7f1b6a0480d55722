"""Whether a closed month would be measured from other inputs than its close had: a digest of what measurement reads.

Measurement is a function of the book's layers, the quotes up to its date, the rule packs and the risks. Two times at
which all of these are the same give the same amounts, so that nothing has to be measured to know it.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from hashlib import sha256

import numpy as np

from hedges.domain.measurement.book import Book, read
from treasury.models import CalculationRun, Risk, RulePack
from treasury.queries import market as quotes

#: Ends of layers and facts, exclusive: one that lies after the date is the same as any other that does.
ENDS = frozenset({"period_to", "counts_to"})


def book_at(run: CalculationRun, entity_id: int, known_at: datetime) -> Book:
    """What measurement reads of the entity's book on the run's date, as known at a time."""
    return read(
        {
            "as_of_date": run.as_of_date,
            "known_at": known_at,
            "drafts": [],
            "only": None,
            "entity_id": entity_id,
            "shard_number": 0,
            "shard_count": 1,
        },
        run_id=run.pk,
    )


def digest(book: Book, run: CalculationRun, known_at: datetime) -> str:
    """SHA-256 over the book's columns and over how many quotes, risks and rule packs were known."""
    found = sha256()
    for part in fields(book):
        columns: Mapping[str, np.ndarray] = getattr(book, part.name)
        for name, values in columns.items():
            if name in ENDS:
                values = np.minimum(values, run.as_of_date.toordinal() + 2)
            found.update(f"{part.name}.{name}:{values.dtype.str}:{values.shape}".encode())
            found.update(np.ascontiguousarray(values).tobytes())
    first = run.as_of_date.replace(year=1, month=1, day=1)
    extent = quotes.extent(first_quote_date=first, as_of_date=run.as_of_date, known_at=known_at)
    risks = Risk.objects.filter(recorded_at__lte=known_at).count()
    packs = RulePack.objects.filter(recorded_at__lte=known_at, valid_from__lte=run.as_of_date).count()
    found.update(f"{extent} {risks} {packs}".encode())
    return found.hexdigest()
