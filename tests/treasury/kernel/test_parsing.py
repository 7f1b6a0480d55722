from decimal import Decimal as D

import pytest

from treasury.kernel import parsing
from treasury.kernel.errors import InputError

BAD_NUMBERS = [
    None, True, False, "", " ", " 1", "1 ", "1_000", "1,5", "１２", "٣", "0x10", "NaN", "nan", "Infinity",
    "-inf", "1e400", "1e-400", "1e99999999", "--1", "1e", ".", "e5", "+1", "1\n", "1\x00", "9" * 401,
    [], {}, float("nan"), float("inf"), D("NaN"), D("Infinity"), 10**400, "½", "1/2", b"1",
]  # fmt: skip


@pytest.mark.parametrize("value", BAD_NUMBERS, ids=lambda value: ascii(value)[:20])
@pytest.mark.parametrize("reader", [parsing.decimal, parsing.number, parsing.integer])
def test_what_is_no_number_is_refused_by_name(reader, value):
    with pytest.raises(InputError, match="rate: expected") as caught:
        reader(value, "rate")
    assert caught.value.field == "rate"
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (1, "1"),
        (0.1, "0.1"),
        ("0.10", "0.10"),
        ("-1e-3", "-0.001"),
        ("5.", "5"),
        (".5", "0.5"),
        (D("1.5"), "1.5"),
    ]
    + [("0", "0"), ("1e308", "1e308"), (5e-324, "5e-324"), ("00012", "12")],
)
def test_decimals_are_read_exactly(value, exact):
    assert parsing.decimal(value, "rate") == D(exact)
    assert parsing.number(value, "rate") == float(exact)


@pytest.mark.parametrize("value", [1.5, "1e-3", 2**53, "1e300"])
def test_whole_numbers_are_whole_and_exact(value):
    with pytest.raises(InputError, match="a whole number below 2"):
        parsing.integer(value, "count")


def test_whole_numbers_may_be_written_as_decimals():
    assert [parsing.integer(value, "count") for value in (9, 9.0, "9", "9.0", "1e2")] == [9, 9, 9, 9, 100]


@pytest.mark.parametrize("value", [0, 1, "true", None])
def test_only_true_and_false_are_booleans(value):
    with pytest.raises(InputError, match="true or false"):
        parsing.boolean(value, "signed")


@pytest.mark.parametrize("value", ["a\x00b", "\ud800", "x" * 201, 5, None])
def test_texts_that_no_database_takes_are_refused(value):
    with pytest.raises(InputError, match="a text"):
        parsing.text(value, "name")
    assert parsing.text("München → 東京", "name") == "München → 東京"


def test_numbers_of_a_document_stay_as_written():
    value = parsing.document(b'{"a": 0.1, "b": [1, -2e1], "c": "x", "d": null}')
    assert value == {"a": D("0.1"), "b": [1, -20], "c": "x", "d": None}
    assert isinstance(value["a"], D)


@pytest.mark.parametrize("source", ["NaN", "-Infinity", "1e400", "1e999999999", "9" * 500, "-1e400"])
def test_numbers_out_of_range_in_a_document_are_refused_by_their_field(source):
    value = parsing.document('{"rate": ' + source + "}")
    with pytest.raises(InputError, match="rate: expected a number"):
        parsing.number(value["rate"], "rate")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "valid JSON"),
        ("{", "valid JSON"),
        ("{} {}", "valid JSON"),
        ("{'a': 1}", "valid JSON"),
        ('{"a": 1, "a": 2}', "each key once"),
        ('{"b": {"a": 1, "a": 1}}', "each key once"),
        (b"\xff\xfe", "UTF-8"),
        ("[" * 40 + "]" * 40, "levels of nesting"),
        ("[" * 200_000, "levels of nesting"),
        ('{"a":' * 100_000, "levels of nesting"),
        (b" " * (parsing.MAX_BYTES + 1), "at most"),
        ("\ufeff{}", "valid JSON"),
    ],
    ids=range(12),
)
def test_broken_documents_are_refused(source, expected):
    with pytest.raises(InputError, match=expected):
        parsing.document(source)


def test_brackets_inside_texts_are_no_nesting():
    assert parsing.document('["%s"]' % ("[{" * 100)) == ["[{" * 100]
    assert parsing.document('["%s"]' % ('\\"[' * 100)) == ['"[' * 100]


def test_arrays_objects_and_choices():
    assert parsing.array([1], "rates") == [1]
    assert parsing.choice("up", "rounding", ("up", "down")) == "up"
    for call in (
        lambda: parsing.array("ab", "rates"),
        lambda: parsing.array([], "rates", 1),
        lambda: parsing.mapping([], "item"),
        lambda: parsing.mapping({1: 2}, "item"),
        lambda: parsing.choice("sideways", "rounding", ("up", "down")),
        lambda: parsing.choice(["up"], "rounding", ("up", "down")),
    ):
        with pytest.raises(InputError, match="expected"):
            call()
