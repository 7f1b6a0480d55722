"""Calendar months of an entity: which one is open, and the next one when it is needed."""

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod
from treasury.domain.refusals import Refusal
from treasury.models import Entity


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def today(entity: Entity) -> date:
    """The date by the database's clock, in the entity's time zone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_now()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(ZoneInfo(entity.time_zone)).date()


def opened(*, entity: Entity, month: date) -> AccountingPeriod:
    """The entity's period of a month, made where it is the next one; inside the caller's action.

    Nobody else posts into it or closes it until the action has ended: what is posted is the rest to what stands there.
    """
    period, _ = AccountingPeriod.objects.select_for_update().get_or_create(
        entity=entity, period_start=month, defaults={"status": PeriodStatus.OPEN}
    )
    return period


def open_month(entity: Entity) -> date:
    """The first open month: of a period, or the one after the last closed period. Raises Refusal without any period."""
    periods = AccountingPeriod.objects.filter(entity=entity).order_by("period_start")
    found = periods.filter(status=PeriodStatus.OPEN).first()
    if found:
        return found.period_start
    last = periods.last()
    if last is None:
        raise Refusal(
            f"{entity.code} has no accounting period yet; close its first month before correcting it."
        )
    return next_month(last.period_start)


def open_period(*, entity: Entity) -> AccountingPeriod:
    """The first open period, made where all are closed; inside the caller's action. Raises Refusal without any."""
    return opened(entity=entity, month=open_month(entity))
