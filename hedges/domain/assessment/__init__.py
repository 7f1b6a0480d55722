"""Effectiveness of hedge relationships: one way to work it out, at inception, in the night, at a close, on demand."""
