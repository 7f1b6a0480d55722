"""A list as somebody likes to see it: the address of a page with its filters, order and columns, under a name.

A preference of a person, no row of the book: it may be changed and deleted by its owner. Sharing one with the people of
an entity is on the audit record, since others then read it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from treasury.models.records import Revised
from treasury.models.reference import Entity


class SavedView(Revised):
    """`query` is the query string of `path` without the question mark; `shared_with` empty means for the owner only."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    path = models.CharField(max_length=200)
    query = models.CharField(max_length=2000, blank=True)
    shared_with = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "path", "name"], name="saved_view_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
            # `//host/` would lead out of the house
            models.CheckConstraint(
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"), name="saved_view_of_a_page"
            ),
        ]
        indexes = [models.Index(fields=["path", "shared_with"], name="saved_view_of_path")]

    def __str__(self) -> str:
        return f"{self.name} ({self.path})"
