"""Comparison of an answer with the figures that are expected of it."""

import pytest


def assert_holds(actual, expected, tolerance, path="result"):
    """``expected`` may name fewer fields; numbers within the tolerance, everything else equal."""
    if isinstance(expected, dict):
        assert isinstance(actual, dict), path
        for key, value in expected.items():
            assert_holds(actual[key], value, tolerance, f"{path}.{key}")
    elif isinstance(expected, list):
        assert len(actual) == len(expected), path
        for position, value in enumerate(expected):
            assert_holds(actual[position], value, tolerance, f"{path}[{position}]")
    elif isinstance(expected, float):
        assert actual == pytest.approx(expected, rel=tolerance.get("rel", 0), abs=tolerance.get("abs", 0)), (
            path
        )
    else:
        assert actual == expected and type(actual) is type(expected), path
