"""Owns exposures that arrive in bulk: told apart by their reference, checked like those of a file, recorded at once."""
