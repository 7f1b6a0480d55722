"""From the book and the market to what hedge accounting makes of each relationship: a pure function of both."""
