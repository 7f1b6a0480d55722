from hedges.domain.explanation.case import Case
from hedges.domain.explanation.parts import Worked
from hedges.domain.explanation.steps import nothing


def work(case: Case, field: str) -> Worked:
    return nothing("later")
