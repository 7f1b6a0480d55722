"""Webhooks: other systems are told of changes, signed, in order, until they say that they have them.

Owns: who is told what, the secret, which targets may be called, the attempts. Does not own: how a change is shown
(`treasury.api`), which hands it in.
"""
