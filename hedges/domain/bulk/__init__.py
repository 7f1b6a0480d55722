"""Owns trades that arrive in bulk: told apart by their reference, held against the guards of the book row by row."""
