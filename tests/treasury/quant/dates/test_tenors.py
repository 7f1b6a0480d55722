import pytest

from treasury.kernel.errors import InputError
from treasury.quant.dates.rate_indices import RateIndex, is_currency, rate_index
from treasury.quant.dates.tenors import tenor_parts, tenor_years


@pytest.mark.parametrize(
    ("tenor", "parts", "years"),
    [
        ("SPOT", (0, "D"), 0.0),
        ("SN", (1, "D"), 3 / 365),
        ("1D", (1, "D"), 1 / 365),
        ("2W", (2, "W"), 14 / 365),
        ("3M", (3, "M"), 0.25),
        ("2Y", (24, "M"), 2.0),
    ],
)
def test_parts_and_years(tenor, parts, years):
    assert tenor_parts(tenor) == parts
    assert tenor_years(tenor) == years
    assert tenor_years("ON") == 1 / 365 and tenor_years("TN") == 2 / 365


@pytest.mark.parametrize("tenor", ["", "M", "0M", "1Q", "3m", "１M", "-1M", "1.5Y", "99999D", "ON ", "3M\n"])
def test_what_is_no_tenor_is_refused(tenor):
    with pytest.raises(InputError, match="tenor"):
        tenor_parts(tenor)
    with pytest.raises(InputError, match="tenor"):
        tenor_years(tenor)


def test_rate_indices_name_their_currency_and_period():
    assert rate_index("EURIBOR6M") == RateIndex("EUR", 6)
    assert rate_index("SOFR3M") == RateIndex("USD", 3)
    assert rate_index("SONIA") == RateIndex("GBP", 3)
    assert rate_index("EURIBOR1Y") == RateIndex("EUR", 12)
    assert rate_index("MOONRATE3M") is None and rate_index("EURIBOR6W") is None and rate_index("") is None
    assert is_currency("EUR") and not is_currency("EURIBOR6M") and not is_currency("eur")
