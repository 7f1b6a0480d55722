"""Writes to the exposures: one verb a business event. May import exposures.queries, treasury.domain and below."""
