"""The files that come into the book: invoices out of a ledger, and a plan that was the wrong one."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from treasury.demo.company.book import exposures
from treasury.demo.company.last_week import FILES_DAY
from treasury.demo.market.reference_rates import business_date

LEDGER, LEDGER_MAPPING = "SAP-ES", "Invoices of Aldermoor Ibérica"
PLAN = "PLAN"
UNDONE_BECAUSE = "this was the budget of the board, not the plan of sales"
#: Of the flow that the wrong plan raises, and the one that it adds.
RAISED, ADDED = "UK-NOK-2028-08", "UK-NOK-2028-11"


@dataclass(frozen=True)
class FileSpec:
    source: str
    name: str
    text: str
    settings: dict[str, Any]

    @property
    def content(self) -> bytes:
        return self.text.encode(self.settings["encoding"])


def ledger_settings(day: date) -> dict[str, Any]:
    columns = ("reference", "kind", "currency", "amount", "expected_date", "description")
    return {
        "encoding": "cp1252", "separator": ";", "decimal": ",", "thousands": ".", "dates": "DMY", "sign": "AS_IS",
        "valid_from": day.isoformat(), "columns": {name: place for place, name in enumerate(columns, 1)},
        "fixed": {"entity": "ALD-ES"},
    }  # fmt: skip


@cache
def invoices() -> FileSpec:
    """Read, approved, and kept."""
    day = business_date() - timedelta(days=FILES_DAY)
    rows = (
        "ES-AR-88121;RECOGNISED_ASSET;GBP;60.000,00;15.12.2026;Pedido Leeds, Jaén",
        "ES-AP-40977;RECOGNISED_LIABILITY;USD;-150.000,00;20.11.2026;Resinas Houston",
    )
    return FileSpec(LEDGER, f"facturas-{day}.csv", _table(rows), ledger_settings(day))


@cache
def unread_invoices() -> FileSpec:
    """Three wrong cells in four rows: an amount with a letter, a day and a currency that do not exist."""
    day = business_date()
    rows = (
        "ES-AR-88140;RECOGNISED_ASSET;GBP;48.2O0,00;15.12.2026;Pedido Bristol",
        "ES-AR-88141;RECOGNISED_ASSET;GBP;35.750,00;15.12.2026;Pedido Cardiff",
        "ES-AP-41003;RECOGNISED_LIABILITY;USD;-92.400,00;31.11.2026;Pigmentos Baton Rouge",
        "ES-AP-41004;RECOGNISED_LIABILITY;UDS;-18.900,00;20.11.2026;Aditivos Tulsa",
    )
    return FileSpec(LEDGER, f"facturas-{day}.csv", _table(rows), ledger_settings(day))


@cache
def wrong_plan() -> FileSpec:
    """One flow raised and one new: approved, and taken back."""
    day = business_date() - timedelta(days=FILES_DAY)
    expected = exposures()[RAISED].last["expected_date"]
    rows = (
        "Reference,Kind,Risk,Amount,Expected",
        f"{RAISED},FORECAST,NOKGBP,25000000,{expected}",
        f"{ADDED},FORECAST,NOKGBP,22000000,2028-11-10",
    )
    columns = ("reference", "kind", "risk", "amount", "expected_date")
    settings = {
        "encoding": "utf-8", "separator": ",", "decimal": ".", "dates": "ISO", "sign": "AS_IS",
        "valid_from": day.isoformat(), "columns": {name: place for place, name in enumerate(columns, 1)},
        "fixed": {"entity": "ALD-UK"},
    }  # fmt: skip
    return FileSpec(PLAN, "north-sea-2028.csv", "\n".join(rows) + "\n", settings)


def _table(rows: tuple[str, ...]) -> str:
    return "\n".join(("Documento;Tipo;Moneda;Importe;Vencimiento;Texto", *rows)) + "\n"
