"""A period is closed over everything that hedge accounting has begun for, as measured, and what is measured adds up."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import F, Q

from treasury.models.operations import sql_file

SQL = Path(__file__).parent / "sql"
HELD = {
    "measurement_reserve": Q(
        reserve_balance=F("cumulative_recognised")
        - F("cumulative_reclassified")
        - F("cumulative_basis_adjusted")
    ),
    "measurement_cost_reserve": Q(
        cost_reserve_balance=F("cost_recognised") + F("cost_amortised") - F("cost_released") - F("cost_lost")
    ),
    "measurement_of_its_kind": Q(hedge_type="FAIR_VALUE", cumulative_recognised=0)
    | (~Q(hedge_type="FAIR_VALUE") & Q(item_adjustment=0, item_adjustment_amortised=0)),
    "measurement_ifrs9_qualifies": ~Q(framework="IFRS9") | Q(is_qualifying=True),
}


class Migration(migrations.Migration):
    dependencies = [("hedges", "0020_documents")]

    operations = [
        *(
            migrations.AddConstraint(
                "measurementresult", models.CheckConstraint(condition=condition, name=name)
            )
            for name, condition in HELD.items()
        ),
        sql_file(SQL / "lower_of.sql"),
        sql_file(SQL / "close_guards.sql"),
    ]
