"""Turning specs into columns: codes become keys, terms become model fields."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from hedges.models import FuturesContract
from treasury.demo.company.specs import VersionSpec
from treasury.models import Counterparty, Entity, Risk

# Columns that refer to something: the term's name and where its key is found. Units are their own keys.
UNIT_TERMS = {
    "exposure_currency", "notional_currency", "counter_currency", "premium_currency", "settlement_currency",
}  # fmt: skip


class Keys:
    """Ids by code, read when first needed and kept: reference data comes before everything else."""

    @cached_property
    def entities(self) -> dict[str, int]:
        return dict(Entity.objects.values_list("code", "id"))

    @cached_property
    def risks(self) -> dict[str, int]:
        return dict(Risk.objects.values_list("code", "id"))

    @cached_property
    def counterparties(self) -> dict[str, int]:
        return dict(Counterparty.objects.values_list("code", "id"))

    @cached_property
    def contracts(self) -> dict[str, int]:
        return dict(FuturesContract.objects.values_list("code", "id"))

    def version(self, model: type[Any], version: VersionSpec, **identity: Any) -> Any:
        columns = self.columns(version.terms)
        return model(valid_from=version.valid_from, change_reason=version.reason, **identity, **columns)

    def columns(self, terms: dict[str, Any]) -> dict[str, Any]:
        columns: dict[str, Any] = {}
        for name, value in terms.items():
            if name == "risk":
                columns["risk_id"] = self.risks[value]
            elif name == "counterparty":
                columns["counterparty_id"] = self.counterparties[value]
            elif name == "contract":
                columns["contract_id"] = self.contracts[value]
            elif name in UNIT_TERMS:
                columns[f"{name}_id"] = value
            else:
                columns[name] = value
        return columns


def by_reference(model: type[Any], references: Iterable[str]) -> dict[str, Any]:
    return {
        row.external_reference: row for row in model.objects.filter(external_reference__in=list(references))
    }


def newest(model: type[Any], identity: str, references: Iterable[str]) -> dict[str, Any]:
    """The newest version of each; every one is approved when it is used."""
    rows = model.objects.filter(**{f"{identity}__external_reference__in": set(references)})
    return {
        getattr(row, identity).external_reference: row
        for row in rows.select_related(identity).order_by("version_number")
    }
