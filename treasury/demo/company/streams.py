"""The flows the group plans with: one line a stream, in units of the foreign currency, + is an inflow.

`months` is how far apart the dates are; `1/3` is monthly in the first year and by quarter after it.
`programme` says how the stream is hedged (treasury.demo.company.programmes). `day` is the day of the month
on which money moves.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date

TABLE = """entity|currency|amount|months|horizon|day|programme|label
ALD-SE|USD|4200000|1/3|36|15|layered|Sales to the Americas
ALD-SE|CNY|24000000|3|36|20|layered|Sales in China
ALD-SE|JPY|450000000|3|36|25|collar|Sales in Japan
ALD-SE|INR|-180000000|3|24|10|ndf|Engineering services from Pune
ALD-SE|BRL|9000000|3|24|20|ndf|Sales in Brazil
ALD-SE|PLN|-12000000|3|36|10|layered|Wages of the site in Lodz
ALD-SE|CZK|-60000000|3|24|15|half|Parts from Brno
ALD-SE|SEK|22000000|3|24|25|half|Sales in Sweden
ALD-SE|DKK|15000000|3|24|20|single|Sales in Denmark
ALD-SE|CHF|-1500000|3|36|15|option|Licence fees to Basel
ALD-SE|TRY|60000000|3|12|25|none|Sales in Turkey
ALD-ES|USD|-3000000|1/3|36|20|layered|Raw materials priced in dollars
ALD-ES|GBP|1800000|3|36|15|layered|Sales in the United Kingdom
ALD-ES|MXN|35000000|3|24|25|option|Sales in Mexico
ALD-ES|RON|-6000000|3|12|10|proxy|Packaging from Romania
ALD-US|EUR|3500000|1/3|36|20|layered|Sales to Europe
ALD-US|CAD|2800000|3|36|15|half|Sales in Canada
ALD-US|MXN|-48000000|3|24|10|layered|Costs of the plant in Monterrey
ALD-US|KRW|-3200000000|3|18|15|ndf|Components from Korea
ALD-US|INR|-140000000|3|18|25|ndf|Information technology services
ALD-US|HKD|12000000|3|12|20|single|Sales in Hong Kong
ALD-US|BGN|-1200000|3|24|15|single|Service centre in Sofia
ALD-UK|EUR|2400000|1/3|36|15|layered|Sales to the euro area
ALD-UK|USD|-1900000|3|36|20|layered|Resins bought in dollars
ALD-UK|NOK|18000000|3|24|10|half|Sales to the North Sea
ALD-UK|AUD|2200000|3|24|25|layered|Sales in Australia
ALD-UK|SGD|1100000|3|24|15|thin|Sales in Singapore
ALD-UK|ZAR|14000000|3|18|20|option|Sales in South Africa
"""


# Currencies that ended: nothing new is planned in them, and the ledger has not been redenominated yet.
ENDED = {"BGN": date(2026, 1, 1)}


@dataclass(frozen=True)
class Stream:
    entity: str
    currency: str
    amount: int
    months: str
    horizon: int
    day: int
    programme: str
    label: str

    @property
    def code(self) -> str:
        return f"{self.entity[-2:]}-{self.currency}"

    def months_ahead(self) -> list[int]:
        """The months after the business date's in which this stream has a flow."""
        if self.months == "1/3":
            return [*range(1, 13), *range(14, self.horizon, 3)]
        first = 1 + self.day % 2
        return list(range(first, self.horizon + 1, int(self.months)))


def streams() -> list[Stream]:
    rows = csv.DictReader(io.StringIO(TABLE), delimiter="|")
    return [
        Stream(
            row["entity"], row["currency"], int(row["amount"]), row["months"], int(row["horizon"]),
            int(row["day"]), row["programme"], row["label"],
        )
        for row in rows
    ]  # fmt: skip
