"""A programme in one word reads back as itself; anything else is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedges.domain.strategy.plan import NotAPlan, parse

instrument = st.sampled_from(["forward", "option", "collar"])
share = st.integers(0, 150).map(str) | st.sampled_from(["12.5", "0.1", "99.99"])
layers = st.lists(st.tuples(share, st.integers(1, 120)), min_size=1, max_size=6, unique_by=lambda one: one[1])


@given(layers, instrument)
def test_layers_read_back(found, by):
    told = "-".join(f"{size}x{months}" for size, months in sorted(found, key=lambda one: one[1]))
    plan = parse(f"layers-{told}-{by}")
    assert parse(plan.word) == plan
    assert plan.word == f"layers-{told}-{by}"


@pytest.mark.parametrize("word", ["none", "target-option", "static-60-forward", "rolling-60x12-collar"])
def test_words_read_back(word):
    assert parse(word).word == word
    assert parse(word.removesuffix("-forward")).word == word


@given(st.text(max_size=30))
def test_any_text_is_a_plan_or_refused(text):
    try:
        found = parse(text)
    except NotAPlan:
        return
    assert parse(found.word) == found


@pytest.mark.parametrize(
    "word",
    ["", "static", "static-160", "static--5", "static-nan", "layers-80x6-50x6", "layers-80x0", "layers-80x121",
     "rolling-60", "none-forward-option", "static-1e3", "layers-1x1-1x2-1x3-1x4-1x5-1x6-1x7", "static-٣"],
)  # fmt: skip
def test_what_is_no_plan(word):
    with pytest.raises(NotAPlan):
        parse(word)
