"""Writes to the shared book: audit, approval, market quotes, policies, runs. May import treasury.queries and below."""
