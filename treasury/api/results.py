"""Fields that every row of a run has in common."""

from typing import Any

from rest_framework import serializers

from treasury.enums import ResultStatus


class ResultFields(serializers.Serializer):
    """Whose it is, whether it could be worked out, and why what is null is null."""

    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    status = serializers.ChoiceField(ResultStatus.choices)
    reasons = serializers.ListField(
        child=serializers.CharField(), help_text="Why a number is null, or a status so."
    )


def statistic(**kwargs: Any) -> serializers.FloatField:
    """A JSON number in full double precision, or null."""
    return serializers.FloatField(allow_null=True, **kwargs)


def words(**kwargs: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), **kwargs)
