"""QuantLib's settings are global: what one test sets must not reach the next."""

from collections.abc import Iterator

import pytest
import QuantLib as ql


@pytest.fixture(autouse=True)
def quantlib_as_it_was() -> Iterator[None]:
    with ql.SavedSettings():
        ql.Settings.instance().includeTodaysCashFlows = None
        yield
