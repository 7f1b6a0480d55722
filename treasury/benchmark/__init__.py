"""How fast the formulas are, side by side with other libraries that do the same, after proof that all agree.

Owns: the inputs of the comparison, the other libraries' side, the clock and the report. Does not own: any formula.
"""
