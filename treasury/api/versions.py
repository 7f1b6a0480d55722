"""Fields that every versioned thing has in common."""

from rest_framework import serializers

from treasury.enums import Decision


class VersionFields(serializers.Serializer):
    """Which version it is and when it counts."""

    version_id = serializers.IntegerField(source="id")
    version_number = serializers.IntegerField()
    valid_from = serializers.DateField(help_text="First business date on which this version counts.")
    valid_to = serializers.DateField(
        allow_null=True, help_text="Exclusive; null: until another version replaces it."
    )
    recorded_at = serializers.DateTimeField(help_text="Database time at which it was recorded.")
    content_digest = serializers.CharField(help_text="SHA-256 of the content; what an approval is bound to.")


class StoryFields(VersionFields):
    """A version with its author and the second person's decision, null while it waits."""

    change_reason = serializers.CharField()
    author = serializers.CharField(source="author.username", allow_null=True)
    decision = serializers.ChoiceField(Decision.choices, source="approval.decision", allow_null=True)
    decided_by = serializers.CharField(source="approval.decided_by.username", allow_null=True)
    decided_at = serializers.DateTimeField(source="approval.recorded_at", allow_null=True)
