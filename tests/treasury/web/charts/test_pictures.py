"""Pictures: the same bytes for the same numbers, no inline style, ids of their own, colours by the style sheet."""

import re

import pytest

from treasury.web.charts.horizon import horizon
from treasury.web.charts.offset import offset
from treasury.web.charts.ratio_history import ratio_history
from treasury.web.charts.render import draw, on_paper
from treasury.web.charts.scatter import scatter


def specs() -> dict[str, dict]:
    bucket = {"parts": {"forecast": 2, "firm": 8}, "covers": {"forward": 5, "option": 1}}
    band = {"lower": 5, "target": 6.5, "upper": 8}
    dates = ["2026-01-02", "2026-01-09", "2026-01-16"]
    history = [
        {"date": day, "ratio": 0.6, "lower": 0.5, "upper": 0.8, "breach": day > "2026-01-10"} for day in dates
    ]
    return {
        "horizon": horizon(
            [{"bucket": "0–3 M", **bucket, **band}, {"bucket": "3–6 M", **bucket, "lower": None}],
            unit="USD m", name="H",
        ),
        "scatter": scatter(
            [{"x": 1.0, "y": -0.9, "label": "a"}, {"x": -2.0, "y": 2.1, "label": "b"}],
            slope=-1.0, intercept=0.1, slope_limits=(-0.8, -1.25), x_title="item", y_title="instrument", name="S",
        ),
        "offset": offset(
            [{"date": dates[0], "ratio": 1.0}, {"date": dates[1], "ratio": None}, {"date": dates[2], "ratio": 40.0}],
            lower=0.8, upper=1.25, name="O",
        ),
        "history": ratio_history(history, name="R"),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["horizon", "scatter", "offset", "history"])
def test_a_picture_may_stand_in_a_page(name: str) -> None:
    svg = draw(specs()[name]).svg
    assert " style=" not in svg
    assert "<script" not in svg
    assert 'role="graphics-document"' in svg
    assert 'aria-label="' in svg
    assert re.search(r'fill="var\(--|stroke="var\(--', svg)


@pytest.mark.parametrize("name", ["horizon", "scatter", "offset", "history"])
def test_the_same_numbers_give_the_same_bytes(name: str) -> None:
    from django.core.cache import cache

    first = draw(specs()[name]).svg
    cache.clear()
    assert draw(specs()[name]).svg == first


def test_two_pictures_on_a_page_share_no_id() -> None:
    ids = [set(re.findall(r'id="([^"]+)"', draw(spec).svg)) for spec in specs().values()]
    assert sum(map(len, ids)) == len(set().union(*ids))
    assert not any(name.startswith(("clip", "gradient")) for found in ids for name in found)


def test_on_paper_every_colour_is_written_out() -> None:
    for spec in specs().values():
        assert "var(" not in on_paper(draw(spec).svg)


def test_a_ratio_beyond_the_picture_is_cut_at_its_edge_and_told() -> None:
    assert "2026-01-16: 40.00" in draw(specs()["offset"]).svg


def test_the_steps_of_the_policy_are_where_the_policy_is() -> None:
    spec = specs()["horizon"]
    bands = spec["layer"][0]["data"]["values"]
    assert bands == [{"bucket": "0–3 M", "lower": 5.0, "target": 6.5, "upper": 8.0}]
