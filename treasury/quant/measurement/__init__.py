"""What hedge accounting measures and books (rules section 5): pure functions on relationships × periods.

Periods lie on the last axis. Amounts are int64 minor units, Decimal objects or float64 and stay what they
are; nothing is rounded here but int64 shares, half even, to the minor unit that is posted.
"""
