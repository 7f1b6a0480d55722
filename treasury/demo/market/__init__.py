"""The market of the demo: real reference rates, and everything else derived, seeded and labelled synthetic.

Owns: the paths of every series and the table of quotes that is copied into the database.
Does not own: formulas of published numbers (treasury.quant). Pure numpy, no Django, no clock.
"""
