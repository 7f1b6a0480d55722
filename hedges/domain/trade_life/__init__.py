"""The life of a trade, one verb a file: what happens to it, what that pays, and the terms that stay.

Owns: planning an event (the money before it is done), recording it with the version that it makes, taking it back. Does
not own: formulas (`kernel.trade_cash`), approval, what a hedge relationship makes of it (`changes.demanded`). May
import whatever `hedges.domain` may.
"""
