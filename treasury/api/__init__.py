"""The API: what other systems read, calculate and write with. The apps above add resources with the parts from here.

Owns: addresses, fields, parameters, pages, errors and the contract in docs/openapi.json. Does not own: what may be
seen (`treasury.queries.access`), which version counts (`treasury.queries.known`), formulas (`treasury.quant`).
"""
