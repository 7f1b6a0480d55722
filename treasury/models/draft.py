"""A form that somebody has begun: kept as it was typed until it is sent or thrown away.

It is no row of the book: nothing is counted from it, it belongs to one person, and like a session it may be changed
and deleted without an audit event. What comes of it is recorded through the domain as from any other form.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from treasury.models.records import Revised

#: Letters of JSON that a draft may have; a form of the desk has a tenth of it.
MOST_LETTERS = 64_000


class Draft(Revised):
    """`client_key` is made with the form: what is sent is sent once. `address`: where it is gone on with."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    form_name = models.CharField(max_length=40)
    client_key = models.UUIDField()
    title = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=400, blank=True)
    fields = models.JSONField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "form_name", "client_key"], name="draft_once"),
            models.CheckConstraint(condition=~Q(form_name=""), name="draft_of_a_form"),
        ]

    def __str__(self) -> str:
        return self.title or self.form_name
