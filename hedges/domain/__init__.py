"""Writes to instruments and relationships: one verb a business event. May import exposures and treasury.domain."""
