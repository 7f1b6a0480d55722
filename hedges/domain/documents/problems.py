"""What is wrong with a document: every place, with what was expected there, so that a better one can be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from treasury.kernel.errors import HedgebookError, shown

#: A document with more than these is not read on.
MOST = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """`path` is the place in the document (`trade/fxSingleLeg/valueDate`, `:32B:`), `code` the kind of problem."""

    path: str
    code: str
    expected: str
    got: str | None = None


class DocumentRefused(HedgebookError):
    """The document is not taken; nothing was kept of it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        more = f" ({len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{first.path}: expected {first.expected}{_got(first)}{more}. Nothing was kept.")


class Problems:
    """Collects what is wrong, so that a reader can go on and name all of it."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, path: str, code: str, expected: str, got: object = None) -> None:
        problem = Problem(path, code, expected, None if got is None else shown(got, 80))
        if problem not in self.found:
            self.found.append(problem)
        if len(self.found) >= MOST:
            raise DocumentRefused(self.found)

    def refuse(self, path: str, code: str, expected: str, got: object = None) -> DocumentRefused:
        """The same for what cannot be read any further: `raise problems.refuse(...)`."""
        self.found.append(Problem(path, code, expected, None if got is None else shown(got, 80)))
        return DocumentRefused(self.found)

    def raise_any(self) -> None:
        if self.found:
            raise DocumentRefused(self.found)


def _got(problem: Problem) -> str:
    return "" if problem.got is None else f", got {problem.got}"
