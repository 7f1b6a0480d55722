"""The account map that counts for an entity on a date."""

from datetime import date, datetime

from hedges.models import AccountMapVersion
from treasury.models import Entity
from treasury.queries.known import Point, applicable


def in_force(entity: Entity, on: date, known_at: datetime | None = None) -> AccountMapVersion | None:
    """The newest approved version that is valid on the date; None without one."""
    versions = AccountMapVersion.objects.filter(account_map__entity=entity)
    return (
        applicable(versions, parent="account_map", at=Point(on, known_at))
        .filter(account_map__entity=entity)
        .first()
    )
