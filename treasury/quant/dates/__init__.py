"""Dates of the money and currency markets: conventions, holidays, spot dates, pillars and payment schedules.

Owns: which day something is paid. Does not own: day counts of accruals (`treasury.kernel.day_count`), rates.
Days are proleptic ordinals (`date.toordinal`) in int64 arrays. QuantLib is asked for holidays once a calendar.
"""
