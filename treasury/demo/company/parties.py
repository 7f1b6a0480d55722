"""The group and its banks. All names are invented; the LEIs are well-formed and belong to nobody."""

from dataclasses import dataclass


def legal_entity_identifier(stem: str) -> str:
    """An ISO 17442 identifier: the stem padded to 18 characters, and its two check digits (ISO 7064, MOD
    97-10).
    """
    body = stem.ljust(18, "0")
    number = int("".join(str(int(character, 36)) for character in body + "00"))
    return f"{body}{98 - number % 97:02d}"


@dataclass(frozen=True)
class EntitySpec:
    code: str
    name: str
    currency: str
    framework: str
    time_zone: str

    @property
    def lei(self) -> str:
        return legal_entity_identifier("DEMO00" + self.code.replace("-", "X"))


@dataclass(frozen=True)
class CounterpartySpec:
    code: str
    name: str
    country: str
    rating: str
    spread: float
    trouble: float = 0.0

    @property
    def lei(self) -> str:
        return legal_entity_identifier("DEMO00BANK" + self.code)


ENTITIES = (
    EntitySpec("ALD-SE", "Aldermoor Coatings SE", "EUR", "IFRS9", "Europe/Berlin"),
    EntitySpec("ALD-ES", "Aldermoor Ibérica S.A.", "EUR", "IAS39", "Europe/Madrid"),
    EntitySpec("ALD-US", "Aldermoor Coatings Inc.", "USD", "ASC815", "America/Chicago"),
    EntitySpec("ALD-UK", "Aldermoor Coatings UK Ltd", "GBP", "IFRS9", "Europe/London"),
)
CURRENCY_OF = {entity.code: entity.currency for entity in ENTITIES}
FRAMEWORK_OF = {entity.code: entity.framework for entity in ENTITIES}

COUNTERPARTIES = (
    CounterpartySpec("HKB", "Hanseatic Kontor Bank AG", "DE", "A+", 0.0055),
    CounterpartySpec("BRI", "Banque du Rhône et de l'Isère", "FR", "A", 0.0062),
    CounterpartySpec("NGB", "Northgate Bank plc", "GB", "A", 0.0068),
    CounterpartySpec("FPB", "First Prairie Bank, N.A.", "US", "AA-", 0.0048),
    CounterpartySpec("NLB", "Nordlys Bank ASA", "NO", "AA-", 0.0044),
    # A bank in the news: its spread widens through the last half year.
    CounterpartySpec("BMS", "Banco Meridional S.A.", "ES", "BBB-", 0.0120, trouble=0.1800),
    CounterpartySpec("STC", "Straits Commercial Bank Ltd", "SG", "AA", 0.0042),
    CounterpartySpec("LSF", "Lakeside Futures LLC", "US", "A-", 0.0075),
)
# What the market asks of the group itself; the subsidiaries are guaranteed by the parent.
OWN_SPREAD = 0.0095

# Which banks each entity deals with, in turn.
BANKS_OF = {
    "ALD-SE": ("HKB", "BRI", "NLB", "STC"),
    "ALD-ES": ("BRI", "BMS", "HKB"),
    "ALD-US": ("FPB", "NGB", "HKB"),
    "ALD-UK": ("NGB", "NLB", "FPB"),
}
