"""How much is hedged: ratios, counts of positions and contracts, horizon profiles and what policy says of
them.

Owns: sections 2 of the rules. Does not own: which hedges count for which exposure (the book's allocations).
"""
