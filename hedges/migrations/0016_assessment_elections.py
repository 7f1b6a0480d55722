"""What tests go by besides quotes: facts about the credit of counterparties, and ASC 815's qualitative assessment."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

from treasury.models.operations import sql_file

CAUSES = [
    ("RELATIONSHIP_SHIFTED", "the relationship shifted, the objective stands"),
    ("CRITERIA_FAILED", "the criteria are not met any more"),
    ("CREDIT_RISK_DOMINATES", "credit risk dominates, confirmed by a person"),
    ("OBJECTIVE_CHANGED", "the risk management objective has changed"),
    ("INSTRUMENT_ENDED", "the instrument was sold, terminated, exercised or replaced"),
    ("NO_LONGER_HIGHLY_PROBABLE", "the forecast is no longer highly probable"),
    ("NO_LONGER_EXPECTED", "the forecast is no longer expected"),
    ("ITEM_DISPOSED", "the net investment was disposed of"),
    ("VOLUNTARY", "revoked by choice"),
]
SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("hedges", "0015_measurement_parts"), ("treasury", "0013_assessment_limits")]

    operations = [
        sql_file(SQL / "credit_facts.sql"),
        migrations.AddField(
            "inceptionfile", "qualitative_after_inception", models.BooleanField(default=False)
        ),
        migrations.AlterField(
            "assessmentdecision",
            "subject",
            models.CharField(
                max_length=11,
                choices=[
                    ("TEST", "a test without a result"),
                    ("CREDIT_RISK", "whether credit risk dominates"),
                    ("QUALITATIVE", "that facts and circumstances have not changed"),
                ],
            ),
        ),
        migrations.RemoveConstraint("assessmentdecision", "assessment_decision_subject"),
        migrations.AddConstraint(
            "assessmentdecision",
            models.CheckConstraint(
                condition=Q(subject__in=["TEST", "CREDIT_RISK", "QUALITATIVE"]),
                name="assessment_decision_subject",
            ),
        ),
        sql_file(SQL / "qualitative.sql"),
        # A net investment that is disposed of ends its hedge (IFRS 9 6.5.14).
        migrations.AlterField(
            "hedgerelationshipversion",
            "change_cause",
            models.CharField(max_length=25, choices=CAUSES, null=True, blank=True),
        ),
        migrations.RemoveConstraint("hedgerelationshipversion", "relationship_version_change_cause"),
        migrations.AddConstraint(
            "hedgerelationshipversion",
            models.CheckConstraint(
                condition=Q(change_cause=None) | Q(change_cause__in=[cause for cause, _ in CAUSES]),
                name="relationship_version_change_cause",
            ),
        ),
    ]
