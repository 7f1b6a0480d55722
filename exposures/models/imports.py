"""Imports of exposures: the file as it came, how it is read, what it says, what is wrong with it, and what it changes.

Nothing here counts in a position: the exposures that an import makes are versions like any other, found by the audit
event of its commit, and wait for a second person. Files, rows, problems and corrections only ever grow: each check of
an import is an `attempt` with rows of its own, so that a commit names the very rows that somebody saw.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from exposures.enums import ExposureKind, ExposureStatus, ImportStatus, RowOutcome
from exposures.models.exposure import Exposure, ExposureVersion
from treasury.models import AuditEvent, Entity, Recorded, Risk, Unit
from treasury.models.fields import amount_field, rate_field, ratio_field

#: An import with one of these holds its fingerprint: the same file is not taken again.
LIVE = (ImportStatus.STAGED, ImportStatus.COMMITTED)


class Import(Recorded):
    """One file on its way into the book. Its versions are those of `commit_event`, its reversal those of `undo_event`.

    `fingerprint` is the digest of source system and newest file, UNIQUE among the imports that are live. The trigger
    `hedgebook_import_state` holds the order staged → committed → undone, or discarded.
    """

    source_system = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.STAGED)
    file_name = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    entity_ids = ArrayField(models.BigIntegerField(), default=list)
    settings = models.JSONField(default=dict)
    attempt = models.PositiveIntegerField(default=0)
    is_checked = models.BooleanField(default=False)
    row_count = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    is_row_wise = models.BooleanField(
        default=False,
        help_text="Rows that came in bulk: wrong ones are left out, and the others are recorded.",
    )
    commit_event = models.OneToOneField(
        AuditEvent, null=True, on_delete=models.PROTECT, related_name="import_committed"
    )
    undo_event = models.OneToOneField(
        AuditEvent, null=True, on_delete=models.PROTECT, related_name="import_undone"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(status__in=LIVE), name="import_fingerprint"
            ),
            models.CheckConstraint(condition=Q(status__in=ImportStatus.values), name="import_status"),
            models.CheckConstraint(
                condition=Q(status__in=[ImportStatus.STAGED, ImportStatus.DISCARDED])
                | Q(is_checked=True, row_count__gt=0, commit_event__isnull=False)
                & (Q(problem_count=0) | Q(is_row_wise=True)),
                name="import_committed_without_problems",
            ),
        ]


class ImportFile(Recorded):
    """The bytes as they came. The database works the digest out again."""

    exposure_import = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]


class ImportMapping(Recorded):
    """How the files of a source are read, under a name; a further version where it is saved again."""

    #: It has no entity, and is not everybody's either: its audit event is its author's and the group's.
    is_of_its_author = True

    source_system = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    version_number = models.PositiveIntegerField()
    settings = models.JSONField()

    class Meta:
        ordering = ["source_system", "name", "-version_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_system", "name", "version_number"], name="import_mapping_version"
            )
        ]


class ImportCorrection(Recorded):
    """A cell that a person has put right on the page; the file stays as it came."""

    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="corrections")
    row_number = models.PositiveIntegerField()
    column_number = models.PositiveIntegerField()
    old_value = models.CharField(max_length=400, blank=True)
    new_value = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["id"]


class StagedRow(models.Model):
    """Something that one check of an import has found at a row of its file (the first row of the file is 1)."""

    exposure_import = models.ForeignKey(
        Import, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    attempt = models.PositiveIntegerField()
    row_number = models.PositiveIntegerField()

    class Meta:
        abstract = True


def _staged(model: type[models.Model]) -> models.ForeignKey:
    """Staged rows were looked up a moment ago; the versions made of them are held by keys, they are not."""
    return models.ForeignKey(
        model, null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )


class Terms(StagedRow):
    """The terms of an exposure as a file states them."""

    entity = _staged(Entity)
    reference = models.CharField(max_length=60)
    risk = _staged(Risk)
    kind = models.CharField(max_length=24, null=True, choices=ExposureKind)  # noqa: DJ001
    exposure_amount = amount_field(null=True)
    exposure_currency = _staged(Unit)
    expected_date = models.DateField(null=True)
    window_start = models.DateField(null=True)
    window_end = models.DateField(null=True)

    class Meta:
        abstract = True


class ImportRow(Terms):
    """A row as it was read; null is what the file does not state, or states wrongly."""

    status = models.CharField(max_length=18, null=True, choices=ExposureStatus)  # noqa: DJ001
    description = models.CharField(max_length=120, null=True)  # noqa: DJ001
    certainty_ratio = ratio_field(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exposure_import", "attempt", "row_number"], name="import_row")
        ]


class ImportChange(Terms):
    """What a row without problems does to the book: the whole terms of the version that it makes, if it makes one.

    `base_version` is the newest version that nobody has rejected, `base_number` the highest number that there was.
    """

    outcome = models.CharField(max_length=9, choices=RowOutcome)
    exposure = _staged(Exposure)
    base_version = _staged(ExposureVersion)
    base_number = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=18, choices=ExposureStatus)
    description = models.CharField(max_length=120, blank=True)
    certainty_ratio = ratio_field()
    start_date = models.DateField(null=True)
    payment_months = models.PositiveSmallIntegerField(null=True)
    spread_rate = rate_field(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exposure_import", "attempt", "row_number"], name="import_change"
            ),
            models.CheckConstraint(condition=Q(outcome__in=RowOutcome.values), name="import_change_outcome"),
            models.CheckConstraint(
                condition=Q(outcome=RowOutcome.NEW, exposure=None) | Q(exposure__isnull=False),
                name="import_change_of_an_exposure",
            ),
        ]


class ImportProblem(StagedRow):
    """A cell that is wrong, or a whole row where `column_number` is null (columns count from 1)."""

    column_number = models.PositiveIntegerField(null=True)
    column_name = models.CharField(max_length=80, blank=True)
    field = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=24)
    value = models.CharField(max_length=400, blank=True)
    expected = models.CharField(max_length=300)

    class Meta:
        ordering = ["row_number", F("column_number").asc(nulls_first=True), "id"]
        indexes = [
            models.Index(fields=["exposure_import", "attempt", "row_number"], name="import_problem_place")
        ]
