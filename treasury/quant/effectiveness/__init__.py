"""Does the hedge work: dollar offset, regression, variance reduction, the three criteria and the
relationship's status.

Owns: section 4 of the rules. Does not own: the limits (dated policy) and the series (the night re-values
them).
"""
