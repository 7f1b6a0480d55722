"""Right requests about trades, what happens to them, documents, policies and proposals."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import orjson
from django.db.models import Max

from hedges.domain.documents import receiving
from tests.api_contract.right.asked import Recipe, Right, Walk
from tests.factories import api, book, night
from tests.hedges.api.desk.trading import decided, forward, policy
from tests.hedges.documents import samples
from tests.hedges.domain.trade_life import lives
from treasury.domain.bulk.rows import NDJSON
from treasury.enums import RunKind
from treasury.models import CalculationRun


def _trade(body: dict[str, Any], *, dated: bool = True) -> Recipe:
    def made(walk: Walk) -> Right:
        version = book.forward(of=walk.office.entity, counterparty=walk.office.bank)
        when = {"event_date": walk.day()} if dated else {}
        return Right(version.instrument_id, when | {"reason": "as agreed"} | body)

    return made


def _novated(walk: Walk) -> Right:
    right = _trade({"counterparty": book.counterparty().code, "cash_amount": "-100.00"})(walk)
    return right


def _amended(walk: Walk) -> Right:
    version = book.forward(of=walk.office.entity, counterparty=walk.office.bank)
    body = forward(walk.office, rate="0.91") | {"counts_from": walk.day(), "reason": "x"}
    return Right(version.instrument_id, {name: value for name, value in body.items() if name != "entity"})


def _option(body: dict[str, Any]) -> Recipe:
    def made(walk: Walk) -> Right:
        days = {"expiry_date": walk.today, "settlement_date": walk.today + timedelta(days=2)}
        version = lives.option(walk.office.entity, **days)
        return Right(version.instrument_id, {"reason": "as agreed"} | body)

    return made


def _fixed(walk: Walk) -> Right:
    days = {"fixing_date": walk.today, "settlement_date": walk.today + timedelta(days=2)}
    version = lives.non_deliverable(walk.office.entity, **days)
    return Right(version.instrument_id, {"rate": "0.9", "rate_source": "BANK", "reason": "Fixed."})


def _ended(walk: Walk) -> Right:
    loan = book.exposure(-60_000, of=walk.office.entity, kind="RECOGNISED_LIABILITY")
    version = book.instrument("NATURAL_OFFSET", -60_000, of=walk.office.entity, offset_exposure=loan.exposure)
    return Right(version.instrument_id, {"event_date": walk.day(), "reason": "The loan was repaid."})


def _reversed(walk: Walk) -> Right:
    right = _trade({"rate": "0.93", "discount_factor": "0.99"})(walk)
    made = walk.office.done("treasurer", f"instruments/{right.key}/unwind/", right.body)
    decided(walk.office, made["version_id"])
    return Right(made["id"], {"reason": "Recorded for the wrong trade."})


def _waiting(walk: Walk) -> Right:
    version = book.forward(of=walk.office.entity, approve=False)
    version.refresh_from_db()
    return Right(version.pk, {"content_digest": version.content_digest, "comment": "seen"})


def _content(walk: Walk) -> str:
    ours, theirs = walk.office.entity.lei, walk.office.bank.lei
    content = samples.fpml(ours=ours, theirs=theirs).replace(b"ABN1234", f"ABN{book.number()}".encode())
    return base64.b64encode(content).decode()


def _document(walk: Walk) -> Right:
    return Right(body={"entity": walk.office.entity.code, "file_name": "a.xml", "content": _content(walk)})


def _kept(walk: Walk) -> int:
    content = base64.b64decode(_content(walk))
    actor = walk.office.people["preparer"]
    return int(receiving.receive(entity=walk.office.entity, content=content, actor=actor).document.pk)


def _matched(walk: Walk) -> Right:
    # The forward of the sample: EUR 10m bought against USD 9.175m.
    return Right(
        _kept(walk), {"instrument": walk.office.forward.instrument_id, "reason": "The bank confirms it."}
    )


def _policy(walk: Walk) -> Right:
    entity = book.entity()
    return Right(body=policy(walk.office, entity=entity.code, valid_from=walk.day()))


def _policy_preview(walk: Walk) -> Right:
    asked = _policy(walk).body
    return Right(body={name: asked[name] for name in ("entity", "risk", "bands")})


def _policy_waiting(walk: Walk) -> Right:
    entity = book.entity()
    made = api.by_token("HEDGE_ACCOUNTANT").post(
        "policies/record/", policy(walk.office, entity=entity.code, valid_from=walk.day())
    )
    row = made.json()
    return Right(row["id"], {"content_digest": row["content_digest"], "comment": "seen"})


def outside(walk: Walk) -> dict[str, Any]:
    """A night of an entity that is below its band, and the body that asks to bring it in."""
    before = CalculationRun.objects.filter(as_of_date=book.TODAY, kind=RunKind.NIGHTLY).aggregate(
        Max("revision")
    )
    bucket = night.bucket(
        walk.office.entity,
        book.risk(),
        lower_ratio=0.7,
        target_ratio=0.8,
        upper_ratio=0.9,
        flags=["UNDER_HEDGED"],
    )
    run = night.published([bucket], revision=(before["revision__max"] or 0) + 1)
    return {"entity": walk.office.entity.code, "risk": "USDEUR", "seen_run": run.pk}


def _outside(walk: Walk) -> Right:
    return Right(body=outside(walk))


def _line(walk: Walk) -> Right:
    made = walk.office.done("treasurer", "proposals/into-band/", outside(walk))
    return Right(made["lines"][0]["id"], {"reason": "The exposure is cancelled."})


_UNWOUND = {"rate": "0.93", "discount_factor": "0.99"}
_ROLLED = {"value_date": "3M", "method": "AT_MARKET", "rate": "0.92", "far_rate": "0.926"}
_PART = {"amount": "200000.00"}
_BY_CASH = {"method": "CASH", "rate": "0.80", "rate_source": "ECB"}


def _ticket(walk: Walk) -> Right:
    return Right(body=forward(walk.office) | {"is_another": True})


def _bulk(walk: Walk) -> Right:
    row = {
        "external_reference": f"FX-{book.number()}", "entity": walk.office.entity.code, "kind": "FORWARD",
        "risk": "USDEUR", "counterparty": walk.office.bank.code, "trade_date": "2026-10-30",
        "settlement_date": "2027-03-31", "notional_amount": "-600000.00", "strike_rate": "0.9",
        "counter_amount": "540000.00",
    }  # fmt: skip
    asked = {"source_system": "DEALS", "valid_from": "2026-10-30"}
    return Right(body=orjson.dumps(row), query=asked, media_type=NDJSON)


def _contract(walk: Walk) -> Right:
    return Right(book.futures_contract(book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD",
                                                 market_symbol="WTI")).pk)  # fmt: skip


RECIPES: dict[str, Recipe] = {
    "futures-contracts/{key}/": _contract,
    "instruments/bulk/": _bulk,
    "instruments/record/": _ticket,
    "instruments/record/preview/": lambda walk: Right(body=forward(walk.office)),
    "instrument-events/{key}/reverse/": _reversed,
    "instrument-events/{key}/reverse/preview/": _reversed,
    "instrument-versions/{key}/approve/": _waiting,
    "instrument-versions/{key}/reject/": _waiting,
    "documents/receive/": _document,
    "documents/preview/": _document,
    "documents/{key}/record/": lambda walk: Right(
        _kept(walk), {"reason": "Dealt by telephone.", "is_another": True}
    ),
    "documents/{key}/match/": _matched,
    "policies/record/": _policy,
    "policies/record/preview/": _policy_preview,
    "policy-versions/{key}/approve/": _policy_waiting,
    "policy-versions/{key}/reject/": _policy_waiting,
    "proposals/into-band/": _outside,
    "proposals/into-band/preview/": lambda walk: Right(
        body={name: text for name, text in outside(walk).items() if name != "seen_run"}
    ),
    "proposal-lines/{key}/dismiss/": _line,
}
for verb, recipe in {
    "amend": _amended, "settle-part": _trade(_PART), "unwind": _trade(_UNWOUND), "roll": _trade(_ROLLED),
    "novate": _novated, "exercise": _option(_BY_CASH), "lapse": _option({}), "fix": _fixed,
    "end": _ended, "cancel": _trade({}, dated=False),
}.items():  # fmt: skip
    RECIPES[f"instruments/{{key}}/{verb}/"] = RECIPES[f"instruments/{{key}}/{verb}/preview/"] = recipe
