"""Right requests about what is one's own: views, drafts, webhooks, keys; about runs, market data and measures."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import orjson
from django.utils import timezone

from tests.api_contract.right.asked import Recipe, Right, Walk
from tests.factories import api, book
from treasury.domain.bulk.rows import NDJSON
from treasury.models import Webhook
from treasury.quant import catalogue

HOST = "hooks.example.com"


def _view() -> dict[str, str]:
    return {"name": f"Dollar {book.number()}", "path": "/instruments/", "query": "risk=USDEUR"}


def _own_view(walk: Walk) -> Right:
    return Right(walk.caller.post("saved-views/keep/", _view()).json()["id"], {})


def _draft(walk: Walk) -> dict[str, object]:
    return {"key": str(uuid4()), "fields": [{"name": "amount", "value": "5m"}]}


def _own_draft(walk: Walk) -> Right:
    body = _draft(walk)
    made = walk.caller.post("trade-drafts/keep/", body).json()
    return Right(made.get("id"), {"key": body["key"]})


def _hook(walk: Walk) -> int:
    now = timezone.now()
    made = Webhook.objects.create(
        owner=walk.person, name=f"W{book.number()}", url=f"https://{HOST}/x", secret_ciphertext="x", cursor="0",
        next_attempt_at=now, created_at=now,
    )  # fmt: skip
    return int(made.pk)


def _of_hook(**body: object) -> Recipe:
    return lambda walk: Right(_hook(walk), body)


def _resumed(walk: Walk) -> Right:
    key = _hook(walk)
    walk.caller.post(f"webhooks/{key}/pause/", {"reason": "x"})
    return Right(key, {})


def _run(walk: Walk) -> Right:
    made = walk.office.by("treasurer").post("runs/start/", _night(walk).body)
    return Right(made.json()["id"], {"reason": "Asked for by mistake."})


def _night(walk: Walk) -> Right:
    """Of a week that has rates."""
    return Right(body={"as_of_date": str(book.TODAY - timedelta(weeks=book.number() % 50))})


def _quote(walk: Walk) -> dict[str, str]:
    return {
        "kind": "FX_SPOT", "symbol": "EURUSD", "quote_date": str(book.TODAY), "value": "1.0842",
        "source": f"S{book.number()}",
    }  # fmt: skip


def _corrected(walk: Walk) -> Right:
    made = api.by_token("TREASURER").post("market-quotes/record/", _quote(walk)).json()
    return Right(made["id"], {"value": "1.0824", "reason": "Two digits were swapped."})


def _typed(walk: Walk) -> dict[str, str]:
    """A quote by hand, of a day of its own: one value waits for each series and day."""
    day = str(book.TODAY - timedelta(days=book.number() % 400))
    told = {"kind": "FX_SPOT", "symbol": "EURUSD", "value": "1.0842", "source": f"H{book.number()}"}
    return told | {"quote_date": day, "reason": "The feed had no rates for this day."}


def _typed_waiting(walk: Walk) -> Right:
    made = api.by_token("TREASURER").post("manual-quotes/propose/", _typed(walk)).json()
    return Right(made["id"], {"content_digest": made["content_digest"], "comment": "seen"})


def _fact(walk: Walk) -> dict[str, str]:
    return {
        "counterparty": book.counterparty().code, "kind": "RATING", "value": "BBB", "fact_date": "2026-10-30",
        "source": "Rating agency, press release",
    }  # fmt: skip


def _recorded_fact(walk: Walk) -> Right:
    return Right(api.by_token("TREASURER").post("credit-facts/record/", _fact(walk)).json()["id"])


def _measure(walk: Walk) -> Right:
    return Right(code="hedge_ratio", body=catalogue.MEASURES["hedge_ratio"].example)


RECIPES: dict[str, Recipe] = {
    "saved-views/keep/": lambda walk: Right(body=_view()),
    "saved-views/{key}/": _own_view,
    "saved-views/{key}/delete/": _own_view,
    "trade-drafts/keep/": lambda walk: Right(body=_draft(walk)),
    "trade-drafts/discard/": _own_draft,
    "trade-drafts/{key}/": _own_draft,
    "webhooks/subscribe/": lambda walk: Right(body={"name": f"W{book.number()}", "url": f"https://{HOST}/y"}),
    "webhooks/{key}/": _of_hook(),
    "webhooks/{key}/deliveries/": _of_hook(),
    "webhooks/{key}/change-address/": _of_hook(url=f"https://{HOST}/new"),
    "webhooks/{key}/new-secret/": _of_hook(),
    "webhooks/{key}/pause/": _of_hook(reason="the other side is being mended"),
    "webhooks/{key}/resume/": _resumed,
    "webhooks/{key}/replay/": _of_hook(cursor="1"),
    "runs/start/": _night,
    "runs/{key}/cancel/": _run,
    "market-quotes/record/": lambda walk: Right(body=_quote(walk)),
    "market-quotes/{key}/correct/": _corrected,
    "manual-quotes/propose/": lambda walk: Right(body=_typed(walk)),
    "manual-quotes/{key}/": _typed_waiting,
    "manual-quotes/{key}/approve/": _typed_waiting,
    "manual-quotes/{key}/reject/": _typed_waiting,
    "market-quotes/bulk/": lambda walk: Right(body=orjson.dumps(_quote(walk)), media_type=NDJSON),
    "credit-facts/{key}/": _recorded_fact,
    "credit-facts/record/": lambda walk: Right(body=_fact(walk)),
    "measures/{code}/": lambda walk: Right(code="hedge_ratio"),
    "measures/{code}/calculate/": _measure,
}
for _code, _one in catalogue.MEASURES.items():
    RECIPES[f"measures/{_code}/calculate/"] = lambda walk, body=_one.example: Right(body=body)
