"""The trade ticket: what a person says of a trade, what is understood of it, what it is worth, and sending it once.

Owns: the kinds of ticket and their fields, the way from what is typed to an instrument's terms, the numbers that are
shown before it is sent. Does not own: recording (`trade_capture`), formulas (`instrument_values`), approval. May import
whatever `hedges.domain` may.
"""
