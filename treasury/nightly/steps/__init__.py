"""The steps that run in shards: columns out of the sealed book, arrays through the formulas, rows as columns."""
