"""Why a hedge ratio moved between two published runs: what happened to exposures, to hedges, to rates and policy."""
