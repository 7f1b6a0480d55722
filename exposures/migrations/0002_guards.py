"""The database's own guards for exposures, and the application's rights on them."""

from django.db import migrations

from treasury.models.operations import append_only, composite_key, grant, stamped, versioned

TABLES = ["exposures_exposure", "exposures_exposureversion", "exposures_exposureversionapproval"]


class Migration(migrations.Migration):
    dependencies = [("exposures", "0001_initial")]

    operations = [
        composite_key(
            "exposure_version_same_entity",
            "exposures_exposureversion",
            "entity_id, exposure_id",
            "exposures_exposure",
            "entity_id, id",
        ),
        composite_key(
            "exposure_version_in_the_unit_of_its_risk",
            "exposures_exposureversion",
            "risk_id, exposure_currency_id",
            "treasury_risk",
            "id, base_unit_id",
        ),
        stamped("exposures_exposure"),
        versioned(
            "exposures_exposureversion",
            parent="exposures_exposure",
            parent_column="exposure_id",
            approvals="exposures_exposureversionapproval",
        ),
        append_only(*TABLES),
        grant("INSERT", *TABLES),
    ]
