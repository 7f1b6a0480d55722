"""People, machines that act under an account of their own, their roles by entity, and their keys to the API."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from treasury.enums import Role, TokenScope
from treasury.models.reference import Entity


class User(AbstractUser):
    """A person who signs in, or a service account: a machine, which has keys and no password and never approves."""

    is_service = models.BooleanField(default=False, help_text="A machine; set when it is made, for good.")

    class Meta(AbstractUser.Meta):
        constraints = [
            # Django writes a password that nothing matches with an exclamation mark.
            models.CheckConstraint(
                condition=Q(is_service=False) | Q(password__startswith="!"), name="service_has_no_password"
            )
        ]


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


class _Key(models.Model):
    """What a key may do, at most: never more than its owner at the time of its use."""

    name = models.CharField(max_length=80)
    secret_digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=20), default=TokenScope.everything)
    entity_ids = ArrayField(
        models.BigIntegerField(), null=True, blank=True, help_text="Null: every entity of the owner."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=TokenScope.values) & Q(scopes__len__gt=0),
                name="%(class)s_scopes",
            ),
            models.CheckConstraint(
                condition=Q(entity_ids=None) | Q(entity_ids__len__gt=0), name="%(class)s_entities"
            ),
        ]


class ApiClient(_Key):
    """A system that asks for short-lived tokens by itself (OAuth 2, client credentials). Its owner is a machine."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_clients")
    client_id = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return f"{self.client_id} {self.name}"


class ApiToken(_Key):
    """A key for another system: only its digest is kept; it can do no more than its owner."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    client = models.ForeignKey(
        ApiClient, null=True, blank=True, on_delete=models.CASCADE, related_name="tokens",
        help_text="The client that asked for it; null: a person made it.",
    )  # fmt: skip
    prefix = models.CharField(max_length=12, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"
