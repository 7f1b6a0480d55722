"""Rate curves as they were bootstrapped from quotes: append-only, one for each set of quotes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BooleanField, F, Func, Q

from treasury.models.records import Recorded


class IsCurve(Func):
    """`hedgebook_is_curve(days, rates)`: one rate for each day, the days positive and rising, the rates finite."""

    function = "hedgebook_is_curve"
    arity = 2
    output_field = BooleanField()


class RateCurve(Recorded):
    """A zero curve of one symbol and date: continuous, ACT/365F, linear in the rate between nodes, flat outside.

    `symbol` is the currency (its discount curve) or the rate index (its projection curve). `quotes_digest` is over the
    quotes that it was made of, the curve under it and the versions of what made it: the same quotes never make two
    curves, a corrected quote makes another. Where the quotes fit no curve it has a `problem` and no nodes.
    """

    symbol = models.CharField(max_length=20)
    quote_date = models.DateField()
    quotes_digest = models.CharField(max_length=64)
    node_days = ArrayField(models.IntegerField(), help_text="Days from the quote date, rising.")
    zero_rates = ArrayField(models.FloatField(), help_text="Per year, one for each node.")
    problem = models.CharField(max_length=400, blank=True, help_text="Why there is no curve.")

    class Meta:
        ordering = ["quote_date", "symbol"]
        constraints = [
            models.UniqueConstraint(fields=["quote_date", "symbol", "quotes_digest"], name="rate_curve_once"),
            models.CheckConstraint(
                condition=Q(IsCurve(F("node_days"), F("zero_rates"))), name="rate_curve_nodes"
            ),
            models.CheckConstraint(
                condition=Q(node_days__len__gt=0, problem="") | (Q(node_days=[]) & ~Q(problem="")),
                name="rate_curve_or_its_problem",
            ),
            models.CheckConstraint(
                condition=Q(quotes_digest__regex=r"^[0-9a-f]{64}$"), name="rate_curve_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.quote_date}"
