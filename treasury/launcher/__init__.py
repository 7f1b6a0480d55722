"""Brings the project up from nothing: the Python environment, the embedded servers, the child processes.

Owns: `.hedgebook/` (or HEDGEBOOK_STATE_DIR) and every process started from it.
Does not own: what runs in them. It knows no model, no setting and no formula.
May import: the standard library only, because it runs before anything is installed.
"""
