"""Formulas of hedging programmes: what is traded when, and what protection brings at which rate."""
