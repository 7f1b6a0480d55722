"""Curves as arrays: zero rates, prices and volatilities by date, series and node; every lookup is a gather.

Owns: interpolation, discount factors, forwards. Does not own: bootstrapping, quotes, calendars.
"""
