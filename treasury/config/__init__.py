"""ROOF: how the parts are put together: settings, addresses, the Celery application, management commands.

Owns no table, no formula and no rule of the book. May import everything; nothing imports it.
"""
