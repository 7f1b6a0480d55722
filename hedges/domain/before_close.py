"""What keeps a month of an entity from being closed, before anything is measured: each with its name and a remedy."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from hedges.domain import account_map as maps
from hedges.domain.accounting_periods import last_day, next_month, today
from hedges.domain.changes.demanded import demanded
from hedges.domain.measurement.open_tests import open_tests
from hedges.domain.unsealed import database_time, inputs_now
from hedges.enums import PeriodStatus
from hedges.queries import account_map, before_close, periods
from treasury.kernel.clock import weekday_on_or_before
from treasury.models import Entity


@dataclass(frozen=True, slots=True)
class Blocker:
    """`subject` is what it is about, `what` is wrong with it, `remedy` is what to do."""

    code: str
    subject: str
    what: str
    remedy: str

    @property
    def text(self) -> str:
        return f"{self.subject} {self.what}: {self.remedy}."


def blockers(entity: Entity, period: date) -> list[Blocker]:
    """Everything that is known before the run; an empty list says that the month of `period` can be closed."""
    month = period.replace(day=1)
    end = last_day(month)
    return [
        *_order(entity, month, end),
        *_accounts(entity, end),
        *_waiting(entity, end),
        *_demanded(entity, end),
        *missing_tests(entity, end, known_at=database_time()),
        *_rates(entity, end),
    ]


def missing_tests(
    entity: Entity, end: date, *, known_at: datetime, run_id: int | None = None
) -> list[Blocker]:
    """Months that go by a test that nobody made, or that came to nothing and nobody has decided on (IAS 39, ASC 815).

    Before the run, all but those that the run itself will test.
    """
    return [
        Blocker(
            "unstated",
            one.code,
            f"has no qualitative assessment of the quarter up to {one.day} on record (ASC 815-20-35-2A)",
            f"state for {one.day} that facts and circumstances have not changed, or that they have",
        )
        if one.is_qualitative
        else Blocker(
            "inconclusive",
            one.code,
            "has a test without a result",
            f"test it for {one.day}, then decide" if one.day == end else f"decide on it for {one.day}",
        )
        if one.is_tested
        else Blocker(
            "untested",
            one.code,
            f"has no test of {one.month:%Y-%m} on record",
            f"test it for {one.day}, then close",
        )
        for one in open_tests(entity_id=entity.pk, as_of=end, known_at=known_at, run_id=run_id)
    ]


def _order(entity: Entity, month: date, end: date) -> list[Blocker]:
    if today(entity) <= end:
        return [Blocker("not_over", f"{month:%Y-%m}", f"lasts until {end}", "close it when it is over")]
    known = list(periods.of_entity(entity).values_list("period_start", "status"))
    if not known:
        return []
    if month < known[0][0]:
        what = f"lies before {entity.code}'s first period"
        return [Blocker("order", f"{month:%Y-%m}", what, f"the first one is {known[0][0]:%Y-%m}")]
    still_open = [start for start, status in known if status == PeriodStatus.OPEN and start < month]
    follows = next_month(known[-1][0])
    if still_open or month > follows:
        first = still_open[0] if still_open else follows
        return [Blocker("order", f"{first:%Y-%m}", "is open", "close it first, periods are closed in order")]
    return []


def _accounts(entity: Entity, end: date) -> list[Blocker]:
    version = account_map.in_force(entity, end)
    subject = f"the account map of {entity.code}"
    if version is None:
        return [Blocker("accounts", subject, f"is missing on {end}", "record one and have it approved")]
    missing = maps.missing_roles(version, before_close.hedge_types(entity, end))
    if not missing:
        return []
    return [
        Blocker("accounts", subject, f"has no account for {', '.join(missing)}", "record a version with them")
    ]


def _waiting(entity: Entity, end: date) -> list[Blocker]:
    return [
        Blocker("waiting", name, "waits for approval", "approve or reject it")
        for name in before_close.waiting_versions(entity, end)
    ]


def _demanded(entity: Entity, end: date) -> list[Blocker]:
    """Facts of the month that end or change a hedge, without an approved change (IFRS 9 6.5.6)."""
    return [
        Blocker(
            "demanded", one.code, f"has to change: {one.text}".rstrip(". "), "propose it and have it approved"
        )
        for one in demanded(entity, end)
    ]


def _rates(entity: Entity, end: date) -> list[Blocker]:
    """Rates of the month's last weekday, and no spot rate of what is hedged missing or too old on its last day."""
    used = before_close.risks_in_force(entity, end)
    if not used:
        return []
    weekday = weekday_on_or_before(end)
    if not before_close.rates_have_come(weekday):
        return [Blocker("rates", "FX rates", f"of {weekday} are missing", "record them")]
    return _old_or_missing(entity, end, used)


def _old_or_missing(entity: Entity, end: date, used: list[tuple[int, str]]) -> list[Blocker]:
    # The market of the whole group: entities that close on one day see the same one.
    now = inputs_now(end)
    look, packs = now.lookup, now.reference.rule_packs.values()
    limit = min((int(pack["stale_after_days"]) for pack in packs), default=0)
    risk = look.position([pk for pk, _ in used])
    days = np.full(risk.shape, end.toordinal())
    functional = look.market.spot.index([entity.functional_currency_id] * risk.size)
    same = np.array([look.quote_currencies[place] == entity.functional_currency_id for place in risk])
    rate = look.spot(risk, days) * look.conversion(risk, functional, same, days)
    age = np.maximum(look.spot_age(risk, days), look.conversion_age(risk, functional, same, days))
    found = []
    for (_, code), value, old in zip(used, rate.tolist(), age.tolist(), strict=True):
        if value != value:
            found.append(Blocker("rates", code, f"has no rate on {end}", "record it"))
        elif old > limit:
            what = f"has a rate {old} days old on {end}, more than {limit}"
            found.append(Blocker("rates", code, what, "record a newer one"))
    return found
