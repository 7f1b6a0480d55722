"""Journal entries with their lines."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import AccountRole, PostingRule
from hedges.models import JournalEntry
from reports.queries import journal_entries
from treasury.api import rows
from treasury.api.fields import Money
from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.enums import AccountingFramework


class JournalLineSerializer(serializers.Serializer):
    line_number = serializers.IntegerField()
    account_role = serializers.ChoiceField(AccountRole.choices)
    account_code = serializers.CharField()
    account_name = serializers.CharField()
    debit_amount = Money(unit="entry__currency_id", help_text="Never negative; 0 where the line is a credit.")
    credit_amount = Money(unit="entry__currency_id", help_text="Never negative; 0 where the line is a debit.")


class JournalEntrySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    number = serializers.IntegerField(help_text="Counts by entity, without gaps.")
    period = serializers.DateField(source="period.period_start", help_text="First day of the month.")
    entry_date = serializers.DateField()
    framework = serializers.ChoiceField(AccountingFramework.choices)
    currency = serializers.CharField(source="currency_id")
    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField(source="relationship.code")
    rule = serializers.ChoiceField(PostingRule.choices)
    paragraph = serializers.CharField(help_text="Of the standard.")
    description = serializers.CharField()
    run_id = serializers.IntegerField(
        allow_null=True, help_text="The close that posted it; null: a reversal."
    )
    reversal_of_id = serializers.IntegerField(allow_null=True, help_text="The entry that it takes back.")
    reversed_by_id = serializers.IntegerField(
        source="reversed_by.id", allow_null=True, help_text="The entry that takes it back."
    )
    recorded_at = serializers.DateTimeField()
    lines = JournalLineSerializer(many=True)


class JournalEntries(RecordedResource):
    """Balanced entries of the closes, and their reversals: debits and credits of each are the same sum."""

    permission_classes = (OfEntities,)
    operation = "journal_entries"
    dated = "entry_date"
    later = {"reversed_by__recorded_at": ("reversed_by_id",)}
    tagged = JournalEntry
    serializer = JournalEntrySerializer
    key: ClassVar[tuple[str, ...]] = ("id",)
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="relationship__code"),
        one_of("framework", AccountingFramework, "Those under this framework."),
        one_of("rule", PostingRule, "Those posted by this rule."),
        *dates("entry_date", "Dated"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return journal_entries.visible(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        entries = {row["id"]: row for row in found}
        for row in found:
            row["lines"] = []
        how = rows.plan(JournalLineSerializer, ("entry_id",))
        for values in journal_entries.lines_of(entries).values_list(*how.columns):
            entries[values[0]]["lines"].append(how.row(values))
