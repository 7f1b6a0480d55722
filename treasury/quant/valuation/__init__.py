"""Values of instruments, float64 in major units, asset +, on arrays of any shape that broadcasts.

Owns: one formula family a file. Does not own: posting (``treasury.kernel.money``), schedules, market data.
"""
