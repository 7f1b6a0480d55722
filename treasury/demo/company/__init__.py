"""What the demo company is, as plain data: parties, risks, policies, exposures, trades, hedge relationships.

Owns: every figure of the made-up group. Does not own: how it gets into the book (treasury.demo.seeding).
Pure Python on top of treasury.demo.market; no Django, no clock, so that its digest can be tested on its own.
"""
