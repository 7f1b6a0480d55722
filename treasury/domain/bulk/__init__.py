"""Owns what all rows that arrive in bulk have in common: how bytes become rows, and what is wrong with one."""
