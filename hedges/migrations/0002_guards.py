"""The database's own guards for instruments, relationships, allocations and results, and the application's rights."""

from django.db import migrations

from treasury.models.operations import append_only, changes_logged, composite_key, grant, never_deleted, stamped, versioned

ALLOCATIONS = ["hedges_itemallocation", "hedges_instrumentallocation"]
RESULTS = [
    "hedges_valuationresult",
    "hedges_hedgeratioresult",
    "hedges_horizonbucketresult",
    "hedges_effectivenessresult",
    "hedges_effectivenesscriterionresult",
]
IDENTITIES = ["hedges_futurescontract", "hedges_instrument", "hedges_hedgerelationship"]
VERSIONS = [
    "hedges_instrumentversion",
    "hedges_instrumentversionapproval",
    "hedges_hedgerelationshipversion",
    "hedges_hedgerelationshipversionapproval",
]


class Migration(migrations.Migration):
    dependencies = [("hedges", "0001_initial"), ("exposures", "0002_guards")]

    operations = [
        composite_key(
            "instrument_offsets_an_item_of_its_entity",
            "hedges_instrument",
            "entity_id, offset_exposure_id",
            "exposures_exposure",
            "entity_id, id",
        ),
        composite_key(
            "instrument_version_same_entity_and_kind",
            "hedges_instrumentversion",
            "entity_id, instrument_id, kind",
            "hedges_instrument",
            "entity_id, id, kind",
        ),
        composite_key(
            "instrument_version_in_the_unit_of_its_risk",
            "hedges_instrumentversion",
            "risk_id, notional_currency_id",
            "treasury_risk",
            "id, base_unit_id",
        ),
        composite_key(
            "relationship_version_same_entity",
            "hedges_hedgerelationshipversion",
            "entity_id, relationship_id",
            "hedges_hedgerelationship",
            "entity_id, id",
        ),
        *[
            composite_key(
                f"{table.removeprefix('hedges_')}_as_designated",
                table,
                "relationship_version_id, entity_id, framework, risk_id, designated_component",
                "hedges_hedgerelationshipversion",
                "id, entity_id, framework, risk_id, designated_component",
            )
            for table in ALLOCATIONS
        ],
        composite_key(
            "itemallocation_same_entity",
            "hedges_itemallocation",
            "entity_id, exposure_id, exposure_version_id",
            "exposures_exposureversion",
            "entity_id, exposure_id, id",
        ),
        composite_key(
            "itemallocation_capacity",
            "hedges_itemallocation",
            "exposure_version_id, capacity_units",
            "exposures_exposureversion",
            "id, capacity_units",
        ),
        composite_key(
            "instrumentallocation_same_entity",
            "hedges_instrumentallocation",
            "entity_id, instrument_id, instrument_version_id",
            "hedges_instrumentversion",
            "entity_id, instrument_id, id",
        ),
        composite_key(
            "instrumentallocation_capacity",
            "hedges_instrumentallocation",
            "instrument_version_id, capacity_units",
            "hedges_instrumentversion",
            "id, capacity_units",
        ),
        stamped(*IDENTITIES, *ALLOCATIONS),
        versioned(
            "hedges_instrumentversion",
            parent="hedges_instrument",
            parent_column="instrument_id",
            approvals="hedges_instrumentversionapproval",
        ),
        versioned(
            "hedges_hedgerelationshipversion",
            parent="hedges_hedgerelationship",
            parent_column="relationship_id",
            approvals="hedges_hedgerelationshipversionapproval",
        ),
        append_only(*IDENTITIES, *VERSIONS),
        append_only(*RESULTS),
        never_deleted(*ALLOCATIONS),
        changes_logged(*ALLOCATIONS),
        grant("INSERT", *IDENTITIES, *VERSIONS, *ALLOCATIONS),
        grant("UPDATE (period_to, released_at)", *ALLOCATIONS),
    ]
