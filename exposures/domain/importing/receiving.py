"""A file comes in: kept as it came, under its digest, once for each source; a mended one takes its place."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import F

from exposures.domain.importing import entitled, files
from exposures.enums import ImportStatus
from exposures.models import Import, ImportFile
from exposures.models.imports import LIVE
from exposures.queries import import_resources
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.queries.access import may_write

MEANWHILE = (
    "Somebody has changed this import meanwhile: load the page again and look at it. Nothing was changed."
)


#: Of an import that is not the person's to see: neither which it is nor how far.
NOT_YOURS = (
    "The same file has come in for this source already, with an import that you do not see. Nothing was added: ask"
    " those who send the files of this source."
)


class AlreadyHere(Refusal):
    """The same file came in before, for the same source; `import_id` is the one that has it, which the person sees."""

    def __init__(self, import_id: int, status: str) -> None:
        super().__init__(
            f"The same file is import {import_id} of this source already ({status.lower()}). Nothing was added."
        )
        self.import_id = import_id


def fingerprint(source_system: str, digest: str) -> str:
    return hashlib.sha256(f"{source_system}\n{digest}".encode()).hexdigest()


def receive(*, source_system: str, name: str, content: bytes, settings: dict[str, Any], actor: Any) -> Import:
    """Keeps the file and begins an import of it. Raises AlreadyHere for a file that is there; Refusal for one that is
    none, or is there with an import that the person does not see."""
    source_system = source_system.strip()
    if not source_system or not source_system.isprintable() or len(source_system) > 20:
        raise Refusal("Name the source in at most 20 characters, e.g. ERP.")
    if not may_write(actor):
        raise Refusal("You have no role that records exposures. Nothing was changed.")
    upload = files.accepted(name, content)
    _refuse_known(source_system, upload.digest, actor)
    try:
        with as_refusal(), audit.action("exposures.import.received", actor=actor):
            found = Import.objects.create(
                source_system=source_system, file_name=upload.name, settings=settings,
                fingerprint=fingerprint(source_system, upload.digest),
            )  # fmt: skip
            _keep(found, upload)
    except Refusal as refusal:
        _known_after_all(refusal, source_system, upload.digest, actor)
        raise
    return found


def mend_by_file(*, import_id: int, name: str, content: bytes, actor: Any, attempt: int) -> Import:
    """Puts a mended file in the place of the one before, which stays on record."""
    found = Import.objects.select_related("event").get(pk=import_id)
    entitled.works_on(actor, found)
    upload = files.accepted(name, content)
    _refuse_known(found.source_system, upload.digest, actor)
    try:
        with (
            as_refusal(),
            audit.action("exposures.import.file_mended", actor=actor, subject=found),
        ):
            step(
                found, attempt, file_name=upload.name, fingerprint=fingerprint(found.source_system, upload.digest)
            )  # fmt: skip
            _keep(found, upload)
    except Refusal as refusal:
        _known_after_all(refusal, found.source_system, upload.digest, actor)
        raise
    found.refresh_from_db()
    return found


def discard(*, import_id: int, actor: Any) -> None:
    """Gives up an import that was not committed. Its file stays on record and may come again."""
    found = Import.objects.select_related("event").get(pk=import_id)
    entitled.works_on(actor, found)
    with as_refusal(), audit.action("exposures.import.discarded", actor=actor, subject=found):
        moved = Import.objects.filter(pk=import_id, status=ImportStatus.STAGED).update(
            status=ImportStatus.DISCARDED
        )
        if not moved:
            raise Refusal(MEANWHILE)


def step(found: Import, attempt: int, **changes: Any) -> int:
    """The next attempt of a staged import, if `attempt` still is the newest; inside an action."""
    moved = Import.objects.filter(pk=found.pk, status=ImportStatus.STAGED, attempt=attempt).update(
        attempt=F("attempt") + 1, is_checked=False, row_count=0, problem_count=0, **changes
    )
    if not moved:
        raise Refusal(MEANWHILE)
    return attempt + 1


def newest_file(import_id: int) -> ImportFile:
    return ImportFile.objects.filter(exposure_import_id=import_id).order_by("-id")[0]


def _keep(found: Import, upload: files.Upload) -> None:
    ImportFile.objects.create(
        exposure_import=found, name=upload.name, content=upload.content, digest=upload.digest
    )


def _refuse_known(source_system: str, digest: str, actor: Any) -> None:
    """Any file of a live import counts, the ones that were mended too."""
    known = ImportFile.objects.filter(
        digest=digest, exposure_import__source_system=source_system, exposure_import__status__in=LIVE
    )
    seen = known.filter(exposure_import__in=import_resources.imports(actor))
    for import_id, status in seen.values_list("exposure_import_id", "exposure_import__status")[:1]:
        raise AlreadyHere(import_id, status)
    if known.exists():
        raise Refusal(NOT_YOURS)


def _known_after_all(refusal: Refusal, source_system: str, digest: str, actor: Any) -> None:
    """The constraint has refused: somebody else was faster with the same file."""
    if refusal.constraint == "import_fingerprint":
        _refuse_known(source_system, digest, actor)
