"""Numbers at the edges, days at the edges, texts of every kind: understood or refused in words, never a fault."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import book
from tests.hedges.api.desk.subjects import outside_its_band
from tests.hedges.api.desk.test_every_ticket import tickets
from tests.hedges.api.desk.trading import NOW, forward, left, policy, recorded
from tests.hedges.api.workflow.office import Office
from tests.hedges.domain.trade_life import lives

pytestmark = pytest.mark.django_db
LARGE, SMALL = "9999999999999999.9999", "0.0001"
HIGH, LOW = "9999999999.9999999999", "0.0000000001"
TEXTS = ("\x01", "\u202e", "é" * 20, "'; DROP TABLE hedges_instrument; --", "\U0001f600", " ", "=1+1")
DAYS = ("1970-01-01", "2199-12-31", "9999-12-31", "0001-01-01", "IMM99", "9999D", "spot+999", "ON", "today+0")


def hostile_tickets(office: Office) -> list[dict[str, Any]]:
    found = []
    for kind, body in tickets(office).items():
        whole = body | {"kind": kind, "is_another": True}
        for name in sorted(whole):
            if name.endswith("amount"):
                values: tuple[Any, ...] = (LARGE, "9007199254740993", SMALL, "0", "-1")
            elif name.endswith("rate"):
                values = (HIGH, LOW, "0", "-0.5")
            elif name.endswith("date"):
                values = DAYS
            elif name in ("contract_count", "payment_months"):
                values = (0, 1, 60, 1_000_000)
            elif name in ("currency", "against", "counterparty", "index", "contract", "exposure"):
                values = TEXTS
            else:
                continue
            found += [whole | {name: value} for value in values]
        if "trade_date" not in whole:
            found += [whole | {"trade_date": day} for day in ("1970-01-01", "2026-10-28", "2199-12-31")]
    found += [forward(office, amount=LARGE, rate=HIGH), forward(office, amount="900000000000", rate=HIGH)]
    found += [
        forward(office, source_system=text[:20], external_reference=text, is_another=True) for text in TEXTS
    ]
    return found


def answered(office: Office, path: str, body: dict[str, Any]) -> int:
    answer = office.post("treasurer", path, body)
    assert answer.status_code < 500, (path, body, answer.content)
    assert answer["Content-Type"] in ("application/json", "application/problem+json")
    return int(answer.status_code)


def test_tickets(office: Office) -> None:
    for body in hostile_tickets(office):
        shown = answered(office, "instruments/record/preview/", body)
        before = left()
        made = answered(office, "instruments/record/", body)
        if shown == 400:
            assert made == 400, body
        if made >= 400:
            assert left() == before, body


def test_the_life_of_a_trade(office: Office) -> None:
    trades = {
        "forward": recorded(office), "option": lives.option(office.entity).instrument_id,
        "ndf": lives.non_deliverable(office.entity).instrument_id, "future": lives.future(office.entity).instrument_id,
    }  # fmt: skip
    usual = {"event_date": str(NOW), "reason": "x"}
    old = lives.future(office.entity).contract
    future_code = book.futures_contract(old.risk, last_trade_date=old.last_trade_date + timedelta(31)).code
    bodies: dict[str, list[dict[str, Any]]] = {
        "settle-part": [
            *({"amount": size} for size in (LARGE, SMALL, "0", "-1", "599999.99")),
            *({"cash_amount": size} for size in (LARGE, f"-{LARGE}", "9999999999999999.99", "90071992547409.93")),
        ],
        "unwind": [
            *({"rate": rate} for rate in (HIGH, LOW, "0", "-1")),
            *({"rate": HIGH, "discount_factor": rate} for rate in (HIGH, LOW, "0")),
            *({"rate": "0.9", "cash_date": day} for day in ("1970-01-01", "2199-12-31")),
            {"rate": "0.9", "amount": "0.01"}, {"cash_amount": "9999999999999999.99"},
        ],
        "roll": [
            {"value_date": day, "method": method, "rate": near, "far_rate": far}
            for method in ("AT_MARKET", "HISTORIC_RATE")
            for day, near, far in (*((day, "0.9", "0.91") for day in DAYS), ("3M", HIGH, HIGH), ("3M", LOW, HIGH),
                                   ("3M", HIGH, LOW), ("3M", "0", "0"))
        ] + [
            {"contract": code, "contract_count": count, "rate": near, "far_rate": far}
            for code in (future_code, *TEXTS) for count in (0, 1, 1_000_000)
            for near, far in (("70", "71"), (HIGH, HIGH), (LOW, LOW), ("0", "0"))
        ] + [{"value_date": "3M", "rate": "0.9", "far_rate": "0.91", "fixing_date": day} for day in DAYS[:3]],
        "novate": [{"counterparty": text} for text in TEXTS],
        "exercise": [{"method": "CASH", "rate": rate} for rate in (HIGH, LOW, "0")],
        "lapse": [{"rate": rate, "rate_source": text} for rate in (HIGH, LOW, "0") for text in TEXTS[:2]],
        "fix": [{"rate": rate, "rate_source": "x"} for rate in (HIGH, LOW, "0")],
        "end": [{}],
        "cancel": [{"reason": text} for text in TEXTS],
    }  # fmt: skip
    before = left()
    for verb, told in bodies.items():
        dated = {} if verb in ("exercise", "lapse", "fix", "cancel") else usual
        for more in told:
            for trade in trades.values():
                answered(office, f"instruments/{trade}/{verb}/preview/", {"reason": "x"} | dated | more)
        for day in ("1970-01-01", "2026-10-29", "2199-12-31"):
            if dated:
                dated = dated | {"event_date": day}
                answered(office, f"instruments/{trades['forward']}/{verb}/preview/", dated | told[0])
    assert left() == before


def test_policies_and_proposals(office: Office) -> None:
    asked = outside_its_band(office)
    for step in (LARGE, "9999999999999999", "0.01", "-1"):
        for minimum in ("0", LARGE, "9999999999999999.99", "-9999999999999999.99"):
            answered(office, "proposals/into-band/preview/", {
                "entity": asked["entity"], "risk": "USDEUR", "step": step, "minimum": minimum,
            })  # fmt: skip
    for band in (
        {"month_from": 0, "month_to": 1200}, {"month_from": 1199}, {"month_to": 0}, {"lower_ratio": 0},
        {"upper_ratio": 999.999999}, {"upper_ratio": 2}, {"lower_ratio": 0.000001, "target_ratio": 0.0000011},
    ):  # fmt: skip
        body = policy(office, bands=[policy(office)["bands"][0] | band])
        answered(office, "policies/record/", body)
        answered(
            office, "policies/record/preview/", {name: body[name] for name in ("entity", "risk", "bands")}
        )
    for more in ({"valid_to": "1970-01-01"}, {"seen_version": 1_000_000}, {"valid_from": "1970-01-01"}):
        answered(office, "policies/record/", policy(office, **more))
    fields = [{"name": "amount", "value": "x" * 400}] * 1000
    answered(office, "trade-drafts/keep/", {"key": "0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6a", "fields": fields})
    for text in TEXTS:
        answered(office, "saved-views/keep/", {"name": text, "path": f"/{text}", "query": text})


def test_what_is_read(office: Office) -> None:
    night = outside_its_band(office)["seen_run"]
    entity = office.entity.pk
    for path, query in (
        ("coming-days/", {"as_of": "9999-12-31"}), ("coming-days/", {"as_of": "0001-01-01"}),
        ("position/", {"run": 999_999_999_999_999}), ("position/", {"as_of": "0001-01-01"}),
        (f"entities/{entity}/why-moved/", {"risk": "USDEUR", "month": 999_999_999_999_999}),
        (f"entities/{entity}/why-moved/", {"since_run": 999_999_999_999_999}),
        (f"entities/{entity}/why-moved/", {"since": "0001-01-01", "run": night}),
        ("strategies/programme/", {"layers": "1e9x6", "kind": "layers"}),
        ("strategies/programme/", {"book": "x", "steps": "１"}), ("strategies/options/", {"exposure": "9" * 19}),
        ("strategies/what-if/", {"moves": ":"}), ("strategies/what-if/", {"moves": "USD:1e9"}),
        ("strategies/compare/", {"a": "static-\x01"}), ("journal-entries/file/", {"first": "9999-12-31"}),
        ("people/", {"username": "\U0001f600"}),
    ):  # fmt: skip
        answer = office.by("treasurer").get(path, **query)
        assert answer.status_code < 500, (path, query, answer.content)
