"""Every formula of the hedge book, as pure functions on arrays, and the catalogue of all numbers.

Owns: curves, valuation, ratios, effectiveness, the measure catalogue and ``calculate``. Does not own: rows,
clocks, schedules, policy. May import: ``treasury.kernel``, numpy, ``scipy.special``. Only ``cli.py`` reads
or writes.
"""
