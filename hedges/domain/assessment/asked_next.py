"""What a person is most likely to decide about a relationship next: the statement or the test that is missing.

IFRS 9 asks for nothing but whether credit risk dominates (B6.4.7-8). Under IAS 39 and ASC 815 it is what stands in the
way of the close of the last month that is over: a qualitative statement (815-20-35-2A) where that is elected, else the
test without a result.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from hedges.domain.measurement.open_tests import open_tests
from hedges.domain.unsealed import database_time
from hedges.enums import DecisionSubject
from hedges.models import HedgeRelationship
from treasury.enums import AccountingFramework


@dataclass(frozen=True, slots=True)
class AskedNext:
    subject: DecisionSubject
    as_of_date: date


def asked_next(relationship: HedgeRelationship, framework: str | None, on: date) -> AskedNext:
    """`on` is today; without anything missing it is the day of the decision."""
    if framework == AccountingFramework.IFRS9:
        return AskedNext(DecisionSubject.CREDIT_RISK, on)
    month_end = (on + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    found = open_tests(entity_id=relationship.entity_id, as_of=month_end, known_at=database_time())
    for one in found:
        if one.code == relationship.code and (one.is_qualitative or one.is_tested):
            subject = DecisionSubject.QUALITATIVE if one.is_qualitative else DecisionSubject.TEST
            return AskedNext(subject, one.day)
    return AskedNext(DecisionSubject.TEST, on)
