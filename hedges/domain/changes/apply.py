"""Putting approved changes in force: the old layers end on the change's date, those of its volumes begin.

What stays carries on the date it was struck on, so that its change runs on from where the old layer ended and nothing
that was booked is scaled anew (IFRS 9 B6.5.7-21). Called inside the action that approves.
"""

from collections.abc import Sequence

from django.db import connection

from hedges.models import HedgeRelationshipVersion
from hedges.queries.layers import SIDES, Side


def apply(versions: Sequence[HedgeRelationshipVersion]) -> None:
    """In a fixed number of statements; the database holds that what is in force afterwards is what was approved."""
    parameters = {"versions": [version.pk for version in versions]}
    with connection.cursor() as cursor:
        for side in SIDES:
            cursor.execute(_release(side), parameters)
        for side in SIDES:
            cursor.execute(_insert(side), parameters)
        cursor.execute("SET CONSTRAINTS hedgebook_change_in_force IMMEDIATE")
        cursor.execute("SET CONSTRAINTS hedgebook_change_in_force DEFERRED")


def _release(side: Side) -> str:
    return (
        f"UPDATE {SIDES[side][0]} a SET period_to = greatest(a.period_from, c.valid_from)"
        " FROM hedges_hedgerelationshipversion c"
        " JOIN hedges_hedgerelationshipversion v ON v.relationship_id = c.relationship_id"
        " WHERE c.id = ANY(%(versions)s) AND a.relationship_version_id = v.id"
        " AND a.period_to > greatest(a.period_from, c.valid_from)"
    )


def _insert(side: Side) -> str:
    table, subject, identity, _, _ = SIDES[side]
    return (
        f"INSERT INTO {table} (relationship_version_id, entity_id, framework, risk_id, designated_component,"
        f" {subject}_id, {subject}_version_id, capacity_units, designated_amount, unit_from, unit_to,"
        " period_from, period_to, struck_on)"
        " SELECT c.id, c.entity_id, c.framework, c.risk_id, c.designated_component, l.subject_id, l.subject_version_id,"
        " s.capacity_units, l.amount, l.unit_from, l.unit_to, l.period_from, l.period_to, l.struck_on"
        " FROM hedges_hedgerelationshipversion c CROSS JOIN LATERAL hedgebook_planned_layers(c.id) l"
        f" JOIN {identity}version s ON s.id = l.subject_version_id"
        f" WHERE c.id = ANY(%(versions)s) AND l.is_item = {side == 'item'}"
        " ORDER BY l.subject_id, l.unit_from, l.period_from"
    )
