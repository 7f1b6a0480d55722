"""Ordinals of Python as dates of QuantLib."""

import QuantLib as ql

_EXCEL = 693_594  # ordinal of the day before serial number 1


def quantlib_date(ordinal: int) -> ql.Date:
    """The same day in QuantLib."""
    return ql.Date(ordinal - _EXCEL)
