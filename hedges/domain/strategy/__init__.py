"""Strategies on the book's own exposures and the market of a published night; nothing here is stored."""
