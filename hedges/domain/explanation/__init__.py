"""Explanations: a stored number with its formula, the very inputs of its run, and the sum done again from them."""
