"""The ground under every formula and every table: money, signs, dates, digests, errors and strict parsing.

Owns: minor units and the one rounding step, the one strict parser. Does not own: formulas
(``treasury.quant``), tables, the clock of the database. May import: the standard library and numpy, nothing
of the project.
"""
