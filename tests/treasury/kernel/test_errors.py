from treasury.kernel.errors import InputError, shown


def test_an_error_says_where_what_and_instead():
    error = InputError("price", "a number", got='"x"')
    assert str(error) == 'price: expected a number, got "x"'
    assert str(error.at(3)) == 'item 3: price: expected a number, got "x"'
    assert isinstance(error, ValueError)


def test_values_are_shown_short_and_printable():
    assert shown("a\nb\ud800") == '"a\\nb\\ud800"'
    assert shown([1, 2]) == "an array of 2"
    assert shown({}) == "an object of 0"
    assert shown(None) == "null"
    assert shown(True) == "true"
    assert len(shown("x" * 10_000)) <= 40
    assert shown(10**5000) == "an integer of more than 60 digits"
