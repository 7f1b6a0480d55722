"""A reference that another entity's exposure has is taken, and nothing else of that exposure is told, by any way in."""

import base64
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
import pytest

from exposures.domain import recording
from exposures.domain.bulk import jobs
from exposures.models import Exposure, ExposureVersionApproval
from tests.exposures.api.test_imports import HOW
from tests.factories import api, book, importing
from tests.factories.bulk import ndjson, row
from treasury.domain import access, approval
from treasury.domain.bulk.rows import NDJSON
from treasury.enums import Decision
from treasury.models import Entity

pytestmark = pytest.mark.django_db
#: What a foreign exposure may be: not one of these is to be seen in an answer.
FOREIGN: dict[str, dict[str, Any]] = {
    "near": {},
    "later": {
        "expected_date": date(2031, 3, 17),
        "window_start": date(2031, 3, 1),
        "window_end": date(2031, 3, 31),
    },
    "cancelled": {"status": "CANCELLED"},
    "rejected": {"approve": False},
    "of a rate": {},
    "of pounds": {},
}
SOURCE = "ERP"
#: In the order of the files' columns: a row of this reference and entity, for this risk.
Row = tuple[str, str, str]


def bulk(caller: api.Caller, one: Row, **query: Any) -> Any:
    reference, entity, risk = one
    content = ndjson(row(reference, entity, risk=risk))
    asked = {"source_system": SOURCE, "valid_from": "2026-01-01"} | query
    return caller.send("POST", "exposures/bulk/", content, media_type=NDJSON, **asked)


def at_once(caller: api.Caller, one: Row) -> Any:
    return bulk(caller, one).json()


def row_by_row(caller: api.Caller, one: Row) -> Any:
    return bulk(caller, one, mode="row-wise").json()


def as_a_job(caller: api.Caller, one: Row) -> Any:
    reference, entity, risk = one
    answer = caller.send(
        "POST", "exposures/bulk/", ndjson(row(reference, entity, risk=risk)), media_type=NDJSON,
        headers={"Prefer": "respond-async"}, source_system=SOURCE, valid_from="2026-01-01",
    )  # fmt: skip
    jobs.run(answer.json()["id"])
    return caller.get(f"bulk-jobs/{answer.json()['id']}/result/").json()


def by_file(caller: api.Caller, one: Row) -> Any:
    reference, entity, risk = one
    content = importing.csv(importing.row(reference, entity, risk=risk))
    body = {
        "source_system": SOURCE,
        "file_name": "a.csv",
        "content": base64.b64encode(content).decode(),
    }
    made = caller.post("imports/receive/", body).json()
    told = caller.post(f"imports/{made['id']}/describe/", HOW).json()
    problems = caller.rows(f"imports/{made['id']}/problems/")
    return [problem | {"id": 0} for problem in problems], told["problem_count"], told["standing"]


def alone(caller: api.Caller, one: Row) -> Any:
    reference, entity, risk = one
    body = row(reference, entity, risk=risk) | {"source_system": SOURCE, "valid_from": "2026-01-01"}
    return caller.post("exposures/record/", body).json()


WAYS: tuple[Callable[[api.Caller, Row], Any], ...] = (at_once, row_by_row, as_a_job, by_file, alone)


def exposure(of: Entity, reference: str, *, approve: bool = True, **fields: Any) -> None:
    version = book.unsaved_exposure(**fields)
    identity = Exposure(entity=of, source_system=SOURCE, external_reference=reference)
    recorded = recording.record(exposures=[(identity, version)], actor=book.user())
    verdict = Decision.APPROVED if approve else Decision.REJECTED
    approval.decide(versions=recorded, approvals=ExposureVersionApproval, actor=book.user(), decision=verdict)


@pytest.fixture
def foreign() -> Entity:
    """Another entity that has an exposure of every sort, by the sort's name."""
    other = book.entity()
    book.risk()
    rate = book.risk("EURRATE", kind="RATE_INDEX", base_unit_id="EUR", quote_currency_id="EUR")
    debt = {"start_date": date(2026, 1, 30), "payment_months": 3, "spread_rate": Decimal(0)}
    risks = {"of a rate": {"risk": rate, **debt}, "of pounds": {"risk": book.risk("GBPEUR")}}
    for name, told in FOREIGN.items():
        exposure(other, name, **told, **risks.get(name, {}))
    return other


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("risk", ["USDEUR", "EURRATE"])
def test_whatever_a_foreign_exposure_is_the_answer_is_the_same(
    foreign: Entity, way: Callable[[api.Caller, Row], Any], risk: str
) -> None:
    home = book.entity()
    desk = api.by_token("TREASURER", entity=home)
    told = {name: said(way(desk, (name, home.code, risk)), name) for name in FOREIGN}
    assert set(told.values()) == {told["near"]}, "\n".join(told.values())
    for word in ("2031", "CANCELLED", "GBP", foreign.code):
        assert word not in told["near"]


@pytest.mark.parametrize("way", [way for way in WAYS if way is not alone])
def test_it_is_taken_in_the_words_of_ones_own_and_what_is_free_is_free(
    foreign: Entity, way: Callable[[api.Caller, Row], Any]
) -> None:
    home, second = book.entity(), book.entity()
    both = book.user("TREASURER", entity=home)
    access.give_role(user=both, role="TREASURER", entity=second, actor=None)
    exposure(second, "mine")
    desk = api.by_token(user=both)
    own = said(way(desk, ("mine", home.code, "USDEUR")), "mine")
    assert said(way(desk, ("later", home.code, "USDEUR")), "later") == own
    assert "reference_taken" in own
    assert "reference_taken" not in said(way(desk, ("free", home.code, "USDEUR")), "free")


@pytest.mark.parametrize("way", WAYS)
def test_who_names_the_foreign_entity_hears_what_who_names_none_hears(
    foreign: Entity, way: Callable[[api.Caller, Row], Any]
) -> None:
    """Not even that the reference is taken: the row's entity is none that they know."""
    desk = api.by_token("TREASURER", entity=book.entity())
    told = {
        said(way(desk, (name, code, "EURRATE")), name, code)
        for name in (*FOREIGN, "free") for code in (foreign.code, "NOSUCH")
    }  # fmt: skip
    assert len(told) == 1, "\n".join(told)


def said(answer: Any, *given: str) -> str:
    """The words without what the caller said, and without numbers of the caller's own things."""
    text = orjson.dumps(answer, default=str).decode()
    for word in given:
        text = text.replace(f'"{word}"', '"."')
    return text
