import pytest

from treasury.kernel.errors import InputError
from treasury.quant import catalogue


def match(item, instrument, **tolerances):
    answer = catalogue.calculate(
        "critical_terms_match", {"item": item, "instrument": instrument, "tolerances": tolerances}
    )
    return (
        answer["result"]["status"],
        answer["reasons"],
        {t["name"]: t["matched"] for t in answer["result"]["terms"]},
    )


@pytest.mark.parametrize(
    ("one", "other", "tolerances", "matched"),
    [
        ("USD", "USD", {}, True),
        ("USD", "usd", {}, False),
        (1000000, "1000000", {}, True),
        (1000000, 1000000.0, {}, True),
        (100, 105, {"term": 5}, True),
        (100, 105.01, {"term": 5}, False),
        ("2026-03-31", "2026-04-02", {}, False),
        ("2026-03-31", "2026-04-02", {"term": 2}, True),
        ("2026-03-31", "2026-04-02", {"term": 1}, False),
        ("Rotterdam", "Houston", {"term": 5}, False),
        (True, True, {}, True),
        (True, 1, {}, False),
        (False, True, {"term": 1}, False),
    ],
)
def test_terms_agree_or_not(one, other, tolerances, matched):
    status, reasons, terms = match({"term": one}, {"term": other}, **tolerances)
    assert terms == {"term": matched}
    assert (status, reasons) == (("MATCHED", []) if matched else ("NOT_MATCHED", ["terms_differ"]))


def test_a_missing_term_leaves_it_open_unless_another_differs():
    assert match({"a": 1, "b": 2}, {"a": 1}) == ("INCONCLUSIVE", ["term_missing"], {"a": True, "b": None})
    assert match({"a": 1}, {"a": 1, "b": None})[0] == "INCONCLUSIVE"
    assert match({"a": 1, "b": 2}, {"a": 2})[:2] == ("NOT_MATCHED", ["term_missing", "terms_differ"])
    assert match({}, {})[0] == "INCONCLUSIVE"


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        ({"item": {"a": [[1]]}, "instrument": {}}, "item.a[0]"),
        ({"item": {"a": {"b": 1}}, "instrument": {}}, "item.a"),
        ({"item": {"a": float("nan")}, "instrument": {}}, "item.a"),
        ({"item": [], "instrument": {}}, "item"),
        ({"item": {"a": 1}, "instrument": {"a": "x\0"}}, "instrument.a"),
        ({"item": {"a": 1}, "instrument": {"a": 1}, "tolerances": {"a": -1}}, "tolerances.a"),
        ({"item": {"a": 1}, "instrument": {"a": 1}, "tolerances": {"b": 1}}, "tolerances.b"),
    ],
)
def test_bad_terms_are_refused_by_name(inputs, field):
    with pytest.raises(InputError) as caught:
        catalogue.calculate("critical_terms_match", inputs)
    assert caught.value.field == field


def answer(item, instrument, **tolerances):
    given = {"item": item, "instrument": instrument, "tolerances": tolerances}
    return catalogue.calculate("critical_terms_match", given)["result"]["status"]


@pytest.mark.parametrize(
    ("item", "instrument", "tolerance", "status"),
    [
        (1000000, "1000000", None, "MATCHED"),
        ("1000000", "1000000.00", None, "MATCHED"),
        ("1000000", "1000050.00", "100", "MATCHED"),
        ("1000000", "1000150.00", "100", "NOT_MATCHED"),
        ("5.0", "5", "0", "MATCHED"),
        ("007", "7", None, "NOT_MATCHED"),
        ("2026-03-31", "2026-04-02", 2, "MATCHED"),
    ],
)
def test_a_decimal_string_is_a_number(item, instrument, tolerance, status):
    tolerances = {} if tolerance is None else {"term": tolerance}
    assert answer({"term": item}, {"term": instrument}, **tolerances) == status


def test_terms_with_several_dates_match_date_by_date():
    dates = ["2026-01-01", "2026-07-01"]
    assert answer({"payment_dates": dates}, {"payment_dates": dates}) == "MATCHED"
    near = ["2026-01-02", "2026-07-01"]
    assert answer({"payment_dates": dates}, {"payment_dates": near}) == "NOT_MATCHED"
    assert answer({"payment_dates": dates}, {"payment_dates": near}, payment_dates=1) == "MATCHED"
    assert answer({"payment_dates": dates}, {"payment_dates": dates[:1]}) == "NOT_MATCHED"
    assert answer({"payment_dates": dates}, {"payment_dates": [None, *dates[1:]]}) == "INCONCLUSIVE"
    assert answer({"payment_dates": dates}, {"payment_dates": "2026-01-01"}) == "NOT_MATCHED"
