"""Who we are, with whom we deal, and which risks we run."""

from django.db import models
from django.db.models import Q

from treasury.enums import AccountingFramework, RiskKind
from treasury.models.records import Recorded
from treasury.models.units import Unit


class Entity(Recorded):
    """A legal entity of the group: it counts in its functional currency, under its accounting framework."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    functional_currency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    accounting_framework = models.CharField(max_length=8, choices=AccountingFramework)
    time_zone = models.CharField(max_length=40, help_text="IANA name, for example Europe/Paris")
    lei = models.CharField("LEI", max_length=20, unique=True)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "entities"
        constraints = [
            models.CheckConstraint(condition=Q(lei__regex=r"^[A-Z0-9]{18}[0-9]{2}$"), name="entity_lei"),
            models.CheckConstraint(
                condition=Q(accounting_framework__in=AccountingFramework.values), name="entity_framework"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Counterparty(Recorded):
    """A bank, broker or lender. Its credit spread is a market quote under the symbol `code`."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    lei = models.CharField("LEI", max_length=20, unique=True)
    country = models.CharField(max_length=2)
    credit_rating = models.CharField(max_length=6, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "counterparties"
        constraints = [
            models.CheckConstraint(condition=Q(lei__regex=r"^[A-Z0-9]{18}[0-9]{2}$"), name="counterparty_lei")
        ]

    def __str__(self) -> str:
        return self.code


class Risk(Recorded):
    """What moves: exposures and hedges are signed amounts of `base_unit`, valued in `quote_currency`.

    CURRENCY_PAIR: base is the risk currency, quote the functional one (`USDEUR`: EUR per 1 USD).
    COMMODITY, EQUITY_INDEX: base is the quantity, the price under `market_symbol` is in the quote currency per unit.
    RATE_INDEX: base and quote are the currency of the principal, `market_symbol` is the floating index.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=RiskKind)
    base_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    quote_currency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    market_symbol = models.CharField(max_length=20, help_text="Symbol of the market quotes that move it.")

    class Meta:
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["id", "base_unit"], name="risk_base_unit_key"),
            models.CheckConstraint(condition=Q(kind__in=RiskKind.values), name="risk_kind"),
            models.CheckConstraint(
                condition=~Q(kind=RiskKind.CURRENCY_PAIR) | ~Q(base_unit=models.F("quote_currency")),
                name="risk_pair_of_two_currencies",
            ),
            models.CheckConstraint(
                condition=~Q(kind=RiskKind.RATE_INDEX) | Q(base_unit=models.F("quote_currency")),
                name="risk_rate_index_in_one_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.code
