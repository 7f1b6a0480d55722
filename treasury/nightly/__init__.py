"""ROOF: the night. Owns the ordered steps, the tasks that run them and the schedule; no formula, no rule."""
