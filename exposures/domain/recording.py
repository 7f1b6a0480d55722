"""Recording exposures and amending them. What is recorded counts once a second person has approved it."""

from collections.abc import Sequence
from typing import Any

from exposures.models import Exposure, ExposureVersion
from treasury.domain import audit
from treasury.domain.exactness import refuse_rounding
from treasury.domain.refusals import as_refusal
from treasury.domain.versions import as_recorded


def record(
    *, exposures: Sequence[tuple[Exposure, ExposureVersion]], actor: Any, reason: str = ""
) -> list[ExposureVersion]:
    """Records new exposures with their first versions, all or none, in two statements however many they are.

    `exposures`: unsaved pairs; entity and identity of the version are taken from the exposure. Returns the versions
    as the database made them. Raises Refusal naming the constraint: a reference that is there already, an amount with
    more decimals than its unit has, a liability that is not negative, a window without its date.
    """
    refuse_rounding([version for _, version in exposures])
    identities = [exposure for exposure, _ in exposures]
    with as_refusal(), audit.action("exposures.exposure.recorded", actor=actor, reason=reason):
        Exposure.objects.bulk_create(identities)
        for exposure, version in exposures:
            version.exposure, version.entity_id, version.version_number = exposure, exposure.entity_id, 1
        versions = ExposureVersion.objects.bulk_create([version for _, version in exposures])
        return as_recorded(versions)


def amend(*, versions: Sequence[ExposureVersion], actor: Any, reason: str) -> list[ExposureVersion]:
    """Records further versions of exposures that are there. `versions`: unsaved, with `exposure` set.

    A `version_number` that is set must be the next one, otherwise Refusal: somebody was faster.
    """
    refuse_rounding(versions)
    with as_refusal(), audit.action("exposures.exposure.amended", actor=actor, reason=reason):
        for version in versions:
            version.entity_id = version.exposure.entity_id
            version.change_reason = version.change_reason or reason
        return as_recorded(ExposureVersion.objects.bulk_create(versions))
