"""Right requests about hedge accounting: relationships, account maps, closes, reversals and losses."""

from __future__ import annotations

from datetime import date
from typing import Any

from hedges.domain import reversal
from hedges.enums import AccountRole
from hedges.models import HedgeRelationshipVersion
from tests.api_contract.right.asked import Recipe, Right, Walk
from tests.factories import accounting, api, book, exposure_life, market
from tests.workflow.test_unrecovered_losses import sold, stated
from treasury.models import MarketQuote

CLOSED, AFTER = date(2026, 6, 1), date(2026, 7, 1)


def _digest(version: Any) -> dict[str, Any]:
    version.refresh_from_db()
    return {"content_digest": version.content_digest, "comment": "seen"}


def _entity(walk: Walk, **told: Any) -> Any:
    """One of its own, with a market that is there until today."""
    entity = book.entity(**{"time_zone": "UTC"} | told)
    book.rule_pack(entity.accounting_framework)
    if not MarketQuote.objects.filter(quote_date=walk.today, symbol="EURUSD").exists():
        weekly = *market.quotes(walk.today), *market.spreads(walk.office.bank.code, until=walk.today)
        market.record(
            *(row for row in weekly if row.quote_date > book.TODAY)
        )  # on a Friday the office has the older ones
    market.record(*market.spreads(entity.code, until=walk.today))
    return entity


def _designation(walk: Walk, **changed: Any) -> Right:
    entity, office = _entity(walk), walk.office
    item = book.exposure(of=entity)
    forward = book.forward(-1_000_000, of=entity, counterparty=office.bank)
    parts = {
        "items": [{"exposure": item.exposure_id, "amount": "600000.00"}],
        "instruments": [{"instrument": forward.instrument_id, "amount": "-600000.00"}],
    }
    dated = {"entity": entity.code, "designation_date": walk.day()}
    return Right(body=office.designation(**(dated | parts | changed)))


def _version(walk: Walk, *, approve: bool = True, **told: Any) -> tuple[HedgeRelationshipVersion, Any, Any]:
    """A designation, its exposure and its forward."""
    entity = _entity(walk, **told)
    item, forward = book.exposure(of=entity), book.forward(of=entity, counterparty=walk.office.bank)
    parts = {"items": [(item, 600_000)], "instruments": [(forward, -600_000)]}
    return book.relationship(of=entity, approve=approve, **parts), item, forward


def _waiting(walk: Walk) -> Right:
    version, _, _ = _version(walk, approve=False)
    return Right(version.pk, _digest(version))


def _of_today(walk: Walk, **changed: Any) -> dict[str, Any]:
    body = _designation(walk, **changed).body
    made = api.by_token("HEDGE_ACCOUNTANT").post("hedge-relationships/designate/", body)
    return made.json()  # type: ignore[no-any-return]


def _designated(walk: Walk, **changed: Any) -> Right:
    row = _of_today(walk, **changed)
    return Right(row["id"], {"content_digest": row["content_digest"], "comment": "seen"})


def _late(walk: Walk) -> Right:
    """Documented a week after the date that it is from."""
    return _designated(walk, designation_date=walk.day(7), late_reason="The trade came on a holiday.")


def _de_designated(walk: Walk) -> Right:
    """ASC 815 alone knows a voluntary end."""
    version, _, _ = _version(walk, accounting_framework="ASC815")
    return Right(version.relationship_id, {"from_date": walk.day(), "reason": "No longer wanted."})


def _discontinued(walk: Walk) -> Right:
    version, item, _ = _version(walk)
    exposure_life.done("no_longer_expected", item, on=walk.today)
    body = {"from_date": walk.day(), "reason": "The order was cancelled.", "cause": "NO_LONGER_EXPECTED"}
    return Right(version.relationship_id, body)


def _rebalanced(walk: Walk) -> Right:
    version, _, forward = _version(walk)
    body = {
        "from_date": walk.day(), "reason": "The two prices have moved apart.", "ineffectiveness_sources": "The spread.",
        "instruments": [{"instrument": forward.instrument_id, "amount": "-550000.00"}],
    }  # fmt: skip
    return Right(version.relationship_id, body)


def _tested(walk: Walk) -> Right:
    return Right(_version(walk)[0].relationship_id, {"as_of_date": walk.day()})


def _map(walk: Walk) -> Right:
    rows = [
        {"role": role.value, "code": str(number), "name": role.label}
        for number, role in enumerate(AccountRole, 1000)
    ]
    return Right(book.entity().pk, {"valid_from": "2026-01-01", "accounts": rows})


def _map_waiting(walk: Walk) -> Right:
    asked = _map(walk)
    made = api.by_token("HEDGE_ACCOUNTANT").post(f"entities/{asked.key}/account-map/", asked.body).json()
    return Right(
        made["id"], {"content_digest": made["content_digest"], "comment": "seen"}, month=str(asked.key)
    )


def _month(walk: Walk) -> Right:
    waiting = _map_waiting(walk)
    api.by_token("APPROVER").post(f"account-map-versions/{waiting.key}/approve/", waiting.body)
    return Right(waiting.month, {"reason": "month end"}, month="2026-10")


def _entry(walk: Walk) -> Any:
    entity = book.entity()
    book.rule_pack(entity.accounting_framework)
    item, forward = book.exposure(of=entity), book.forward(of=entity)
    version = book.relationship(of=entity, items=[(item, 600_000)], instruments=[(forward, -600_000)])
    legs = [("DERIVATIVE", "-100"), ("CASH_FLOW_HEDGE_RESERVE", "100")]
    (entry,) = accounting.closed_month(entity, CLOSED, [accounting.Entry(version, "REMEASUREMENT", legs)])
    return entry


def _reversal(walk: Walk) -> Right:
    proposed = reversal.propose(
        entry=_entry(walk), actor=book.user("HEDGE_ACCOUNTANT"), reason="wrong", entry_date=AFTER
    )
    return Right(proposed.pk, _digest(proposed))


def _loss(walk: Walk) -> Right:
    _, version = sold()
    return Right(
        version.relationship_id,
        {"on": "2026-02-20", "amount": "8000.00", "reason": "Sold below cost.", "evidence": "x"},
    )


def _loss_preview(walk: Walk) -> Right:
    return Right(_loss(walk).key, {"on": "2026-02-20", "amount": "8000.00"})


def _loss_waiting(walk: Walk) -> Right:
    statement = stated(sold()[1])
    return Right(statement.pk, _digest(statement))


RECIPES: dict[str, Recipe] = {
    "hedge-relationships/designate/": _designation,
    "hedge-relationships/designate/preview/": _designation,
    "hedge-relationships/{key}/rebalance/": _rebalanced,
    "hedge-relationships/{key}/rebalance/preview/": _rebalanced,
    "hedge-relationships/{key}/discontinue/": _discontinued,
    "hedge-relationships/{key}/discontinue/preview/": _discontinued,
    "hedge-relationships/{key}/de-designate/": _de_designated,
    "hedge-relationships/{key}/de-designate/preview/": _de_designated,
    "hedge-relationships/{key}/test/": _tested,
    "hedge-relationships/{key}/state-loss/": _loss,
    "hedge-relationships/{key}/state-loss/preview/": _loss_preview,
    "hedge-relationship-versions/{key}/approve/": _designated,
    "hedge-relationship-versions/{key}/reject/": _waiting,
    "hedge-relationship-versions/{key}/accept-late/": _late,
    "entities/{key}/account-map/": _map,
    "account-map-versions/{key}/approve/": _map_waiting,
    "account-map-versions/{key}/reject/": _map_waiting,
    "entities/{key}/periods/{month}/close/": _month,
    "journal-entries/{key}/reverse/": lambda walk: Right(
        _entry(walk).pk, {"reason": "The rate was corrected."}
    ),
    "journal-reversals/{key}/approve/": _reversal,
    "journal-reversals/{key}/reject/": _reversal,
    "unrecovered-losses/{key}/": _loss_waiting,
    "unrecovered-losses/{key}/approve/": _loss_waiting,
    "unrecovered-losses/{key}/reject/": _loss_waiting,
}
