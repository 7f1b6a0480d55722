"""Entities, and what all of them share: counterparties and risks."""

from typing import Any

from django.db.models import QuerySet

from treasury.models import Counterparty, Entity, Risk
from treasury.queries import access


def entities(user: Any) -> "QuerySet[Entity]":
    return access.visible_entities(user)


def counterparties() -> "QuerySet[Counterparty]":
    return Counterparty.objects.all()


def risks() -> "QuerySet[Risk]":
    return Risk.objects.all()
