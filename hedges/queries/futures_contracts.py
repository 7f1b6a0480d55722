"""Futures contracts: what their exchange states, shared by all entities."""

from django.db.models import QuerySet

from hedges.models import FuturesContract


def contracts() -> "QuerySet[FuturesContract]":
    return FuturesContract.objects.all()
