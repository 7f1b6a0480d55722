"""The entries of the catalogue, one measure a file: inputs, result fields, worked example, and the call of
the formula.

Owns: names of inputs and results (a contract). Does not own: formulas, which are the array functions of
``ratios``, ``valuation`` and ``effectiveness``. To add a measure: one file here, one line in
``catalogue.py``.
"""
