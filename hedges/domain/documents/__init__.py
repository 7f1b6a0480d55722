"""Documents of trades: confirmations that come in, trades that go out.

Owns reading FpML 5 and SWIFT MT300 into one typed trade, writing FpML and an ORE portfolio, and comparing what a bank
confirms with what the book has. Does not own the trade itself: a document becomes one by `trade_capture`, approved by a
second person as always. The readers and writers know no database.
"""
