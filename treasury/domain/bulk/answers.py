"""The answer to a request in bulk: one entry a row, in the order in which the rows came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from treasury.domain.bulk.rows import RowProblem

CREATED, AMENDED, UNCHANGED, REFUSED = "created", "amended", "unchanged", "refused"
OUTCOMES = (CREATED, AMENDED, UNCHANGED, REFUSED)


@dataclass(frozen=True)
class Answer:
    """`results`: index, outcome, what the row is about, id and version of what it is in the book, and its problems."""

    results: list[dict[str, Any]]
    import_id: int | None = None
    outcomes: dict[str, int] = field(default_factory=dict)


class RowsRefused(Exception):
    """Rows are wrong and all or nothing was asked for. Nothing was recorded."""

    def __init__(self, wrong: Mapping[int, Sequence[RowProblem]], count: int) -> None:
        super().__init__(
            f"{len(wrong):,} of {count:,} rows are wrong. All or nothing was asked for: nothing was recorded."
        )
        self.wrong = wrong


def answer(
    fine: Mapping[int, dict[str, Any]],
    wrong: Mapping[int, Sequence[RowProblem]],
    count: int,
    *,
    references: Mapping[int, dict[str, Any]],
    nothing: Mapping[str, None],
    import_id: int | None = None,
) -> Answer:
    """`fine`: by index what the rows became; `references`: how a wrong row names its thing, where that could be read.

    `nothing`: the fields of a row that has no thing in the book.
    """
    results = []
    for index in range(count):
        if index in wrong:
            problems = [problem._asdict() for problem in wrong[index]]
            results.append(
                {"index": index, "outcome": REFUSED}
                | dict(nothing)
                | references.get(index, {})
                | {"problems": problems}
            )
        else:
            results.append({"index": index} | fine[index] | {"problems": []})
    counted = Counter(row["outcome"] for row in results)
    return Answer(results, import_id, {name: counted.get(name, 0) for name in OUTCOMES})


def document(answer: Answer, mode: str) -> dict[str, Any]:
    """The answer as it is sent, at once or by a job."""
    return {"mode": mode, "import_id": answer.import_id} | answer.outcomes | {"results": answer.results}
