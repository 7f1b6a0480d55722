"""The sentence that says why a month was ineffective: worked by hand, and silent where the path does not say it."""

from datetime import date
from decimal import Decimal
from typing import Any

from hedges.web.measurement_tables import why_so_much


def measured(*knots: tuple[str, str, str], ineffectiveness: str, **changed: Any) -> dict[str, Any]:
    """`knots`: cumulative changes of instrument and hypothetical, and what the reserve holds, by month."""
    days = [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)][: len(knots)]
    columns = [[Decimal(one[place]) for one in knots] for place in range(3)]
    return {
        "functional_currency": "EUR",
        "cumulative_ineffectiveness": Decimal(ineffectiveness),
        "knot_dates": days,
        "knot_instrument_changes": columns[0],
        "knot_hypothetical_changes": columns[1],
        "knot_recognised": columns[2],
        "knot_qualifying": [True] * len(days),
    } | changed


def test_the_last_month_is_told_with_both_changes_and_what_was_there_before() -> None:
    """Instrument 1,100 against 1,000: 100 in profit or loss, of which 30 (530 − 500) came in the month before."""
    found = measured(("530", "500", "500"), ("1100", "1000", "1000"), ineffectiveness="100")
    assert why_so_much(found) == (
        "From 2026-08-31 to 2026-09-30, 70.00 EUR of ineffectiveness came to profit or loss. "
        "Since hedge accounting began the instrument has changed by 1,100.00 and the hypothetical by 1,000.00. "
        "The reserve holds the smaller, 1,000.00; the rest, 100.00, is in profit or loss, "
        "of which 30.00 was there before."
    )


def test_a_loss_has_a_minus_sign() -> None:
    found = measured(("-500", "-500", "-500"), ("-1100", "-1000", "-1000"), ineffectiveness="-100")
    assert "\u2212100.00 EUR of ineffectiveness" in why_so_much(found)


def test_nothing_is_said_where_the_path_does_not_say_it() -> None:
    path = (("530", "500", "500"), ("1100", "1000", "1000"))
    assert why_so_much(measured(*path, ineffectiveness="90")) == "", "another amount went to profit or loss"
    assert why_so_much(measured(path[0], ineffectiveness="30")) == "", "there is no date before"
    same = (("530", "500", "500"), ("1030", "1000", "1000"))
    assert why_so_much(measured(*same, ineffectiveness="30")) == "", "nothing came in the month"
    not_lower_of = (("530", "500", "500"), ("1100", "1000", "900"))
    assert why_so_much(measured(*not_lower_of, ineffectiveness="200")) == "", (
        "the reserve holds another amount"
    )
    padded = measured(*path, ineffectiveness="100")
    padded |= {name: [*padded[name], padded[name][-1]] for name in padded if name.startswith("knot_")}
    assert why_so_much(padded).startswith("From 2026-08-31 to 2026-09-30, 70.00")
