"""QuantLib's side of the comparisons: curves, indices and schedules of its own, on a fixed day.

Our side gets the same nodes, day offsets and year fractions as arrays, as they are stored at capture.
"""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np
import QuantLib as ql

TODAY = ql.Date(13, 6, 2025)
NODE_DAYS = np.array([7, 91, 182, 365, 730, 1825, 3650, 11000])
DAYS_365, DAYS_360 = ql.Actual365Fixed(), ql.Actual360()
NO_CALENDAR = ql.NullCalendar()


@contextmanager
def settings():
    """QuantLib's day, on which a flow of today still counts; what was set before comes back."""
    with ql.SavedSettings():
        ql.Settings.instance().evaluationDate = TODAY
        ql.Settings.instance().includeReferenceDateEvents = True
        ql.Settings.instance().includeTodaysCashFlows = True
        yield


def random_rates(rng, series):
    """Zero rates per series and node, negative ones among them."""
    level = rng.uniform(-0.01, 0.06, (series, 1))
    return level + np.cumsum(rng.normal(0, 0.002, (series, NODE_DAYS.size)), axis=1)


def zero_curve(rates):
    """A handle to a curve that is linear in the continuous ACT/365F zero rate, flat before its first node."""
    dates = [TODAY, *(TODAY + int(days) for days in NODE_DAYS)]
    values = [float(rates[0]), *map(float, rates)]
    curve = ql.ZeroCurve(dates, values, DAYS_365, NO_CALENDAR, ql.Linear(), ql.Continuous)
    return ql.YieldTermStructureHandle(curve)


def schedule(start, months, count):
    """Unadjusted dates every so many months."""
    period = ql.Period(int(months), ql.Months)
    return ql.Schedule(
        start, start + ql.Period(int(months * count), ql.Months), period, NO_CALENDAR,
        ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Forward, False,
    )  # fmt: skip


def fixing_of(day):
    """A fixing for every day of the past."""
    return 0.005 + (day.serialNumber() % 89) * 0.0005


def index(handle, months, currency=None):
    """A rate index projected on a curve, fixed at the start of its period, with a past."""
    found = ql.IborIndex(
        f"rate{months}", ql.Period(int(months), ql.Months), 0, currency or ql.EURCurrency(), NO_CALENDAR,
        ql.Unadjusted, False, DAYS_360, handle,
    )  # fmt: skip
    days = [TODAY - days for days in range(1, 800)]
    found.addFixings(days, [fixing_of(day) for day in days], True)
    return found


def periods(dates, basis):
    """Start and payment of each period as days from today, and its year fraction."""
    days = np.array([day - TODAY for day in dates])
    return days[:-1], days[1:], np.diff(days) / basis
