"""Entities, and what all of them share: counterparties, risks and rule packs."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from treasury.enums import RiskKind
from treasury.models import Counterparty, Entity, Risk, RulePack
from treasury.queries import access


def entities(user: Any) -> "QuerySet[Entity]":
    return access.visible_entities(user)


def counterparties() -> "QuerySet[Counterparty]":
    return Counterparty.objects.all()


def risks() -> "QuerySet[Risk]":
    return Risk.objects.all()


def rule_packs() -> "QuerySet[RulePack]":
    return RulePack.objects.all()


def codes(entity_ids: Collection[int]) -> dict[int, str]:
    return dict(Entity.objects.filter(pk__in=list(entity_ids)).values_list("pk", "code"))


def currencies_of_risks() -> list[str]:
    """The currencies that the book's risks are in, by code."""
    pairs = Risk.objects.filter(kind=RiskKind.CURRENCY_PAIR).values_list("base_unit_id", flat=True)
    return sorted(set(pairs.union(Risk.objects.values_list("quote_currency_id", flat=True))))
