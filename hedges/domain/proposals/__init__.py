"""Trades that are proposed: recorded with what they were worked out from, then dealt line by line, or dismissed."""
