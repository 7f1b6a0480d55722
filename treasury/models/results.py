"""The shape of every result family: partitioned by run, keyed by run and subject, narrow and typed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from treasury.enums import ResultStatus
from treasury.models.reference import Entity
from treasury.models.run import CalculationRun


def key_to(to: type[models.Model] | str, **kwargs: object) -> models.ForeignKey:
    """A reference from a result to its subject: readable as a relation, without a constraint or an index.

    Results are made from the sealed book, in which nothing can be deleted; a constraint would be paid for
    on every row of a million-row night and could never fire (docs/adr/0004).
    """
    return models.ForeignKey(
        to, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, **kwargs
    )


class RunResult(models.Model):
    """Common columns of a result row. The subclass adds its subject and `CompositePrimaryKey("run_id", ...)`."""

    run = key_to(CalculationRun)
    entity = key_to(Entity)
    status = models.CharField(max_length=9, choices=ResultStatus)
    reasons = ArrayField(models.TextField(), default=list)

    class Meta:
        abstract = True
