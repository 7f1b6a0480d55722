"""Owns the way of a file into the book: kept, read, checked, committed, undone. Knows nothing of pages or of hedges."""
