"""Splitting an exposure: parts with a lineage, amounts that add up, one decision, and no hedged unit split off."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from treasury.models.operations import composite_key, sql_file


class Migration(migrations.Migration):
    dependencies = [("exposures", "0004_no_longer_expected")]

    operations = [
        migrations.AddField(
            model_name="exposure",
            name="split_from",
            field=models.ForeignKey(
                blank=True,
                help_text="The exposure that this one was split off from.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="exposures.exposure",
            ),
        ),
        migrations.AddField(
            model_name="exposureversion",
            name="split_of",
            field=models.ForeignKey(
                blank=True,
                help_text="Of versions that a split (or its undoing) makes together: the exposure that is split."
                " Their amounts add up to what was there before, and they are decided on together.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exposures.exposure",
            ),
        ),
        migrations.AddConstraint(
            model_name="exposure",
            constraint=models.CheckConstraint(
                condition=models.Q(("split_from", models.F("id")), _negated=True),
                name="exposure_not_its_own_part",
            ),
        ),
        composite_key(
            "exposure_part_same_entity",
            "exposures_exposure",
            "entity_id, split_from_id",
            "exposures_exposure",
            "entity_id, id",
        ),
        sql_file(Path(__file__).parent / "sql" / "split.sql"),
    ]
