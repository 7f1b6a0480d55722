"""Tables as files: the same bytes for the same rows."""
