"""What an explanation is made of: inputs with their sources, steps one after the other, rows that were added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from decimal import Decimal
from typing import Any

#: A number that was worked out; None: it could not be.
Number = Decimal | float | int | None

BOOK, MARKET, POLICY, CALCULATION, RUN = "book", "market", "policy", "calculation", "run"


class NothingToExplain(LookupError):
    """There is no such family, field, run or row; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from: `kind` is book, market, policy, calculation or run; `refers_to` are ids to look up."""

    kind: str
    text: str
    refers_to: dict[str, Any] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """One input under the name that the measure has for it; None: there is none, for the reason in its source."""

    name: str
    value: Any
    source: Source


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows that were added up or counted: the first ones, and how many there are."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    row_count: int
    total: Number = None
    first: str = "largest"


@dataclass(frozen=True, slots=True)
class Step:
    """One sum: a measure of the catalogue (`code`, `inputs` as `calculate` takes them), or plain arithmetic.

    `answered`: the measure took the inputs, even if only to say that its result is undefined. `folded`: an origin of
    what comes after, which a page shows folded away.
    """

    title: str
    formula: str
    written: str
    result: Number
    code: str = ""
    field: str = ""
    inputs: dict[str, Any] = dataclass_field(default_factory=dict)
    given: Sequence[Given] = ()
    listings: Sequence[Listing] = ()
    answered: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Worked:
    """A number worked out again. `number` is None where it is undefined, and then `because` says why.

    `formula` says what the number is where it is made from a measure's result, or where there is no measure.
    """

    steps: Sequence[Step]
    number: Number
    because: str = ""
    code: str = ""
    field: str = ""
    sentence: str = ""
    formula: str = ""

    @property
    def unrounded(self) -> Number:
        return self.steps[-1].result if self.steps else None

    @property
    def measure_step(self) -> Step | None:
        """The last step that asks a measure of the catalogue: the measure that the number is made with."""
        return next((step for step in reversed(self.steps) if step.code), None)


@dataclass(frozen=True, slots=True)
class Subject:
    """The number that is explained: which family and row of which run, and which field."""

    family: str
    key: str
    name: str
    field: str
    unit: str
    run_id: int
    as_of_date: Any
    known_at: Any


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole answer. `agrees` compares what is stored with what was worked out again from the run's inputs."""

    subject: Subject
    code: str
    title: str
    sentence: str
    meaning: str
    formula: str
    unit: str
    sign: str
    reference: str
    worked: Worked
    stored: Number
    reasons: Sequence[str]
    agrees: bool
    problem: str = ""
