"""People, their roles by entity, and API tokens."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models

from treasury.enums import Role
from treasury.models.reference import Entity


class User(AbstractUser):
    """A person who signs in. What they may see and do stands in their memberships."""


class Membership(models.Model):
    """A role at one entity, or at every entity of the group where `entity` is empty."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    entity = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "entity", "role"], nulls_distinct=False, name="membership_once"
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} at {self.entity or 'every entity'}"


class ApiToken(models.Model):
    """A key for another system: only its digest is kept; it can do no more than its owner."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    secret_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"
