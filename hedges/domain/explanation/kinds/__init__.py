"""A file a kind of instrument: the steps to each number of its value."""
