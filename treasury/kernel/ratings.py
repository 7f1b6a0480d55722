"""The scale of credit ratings, best first: a notch is a place on it, 1 for AAA; a higher notch is a worse rating."""

RATINGS = (
    "AAA", "AA+", "AA", "AA-", "A+", "A", "A-", "BBB+", "BBB", "BBB-", "BB+", "BB", "BB-", "B+", "B", "B-", "CCC+",
    "CCC", "CCC-", "CC", "C", "D",
)  # fmt: skip


def notch(rating: str) -> int:
    """Its place on the scale; raises ValueError for what is not on it."""
    return RATINGS.index(rating) + 1
