from treasury.enums import TokenScope

#: What a key has to be for to write here, where a view does not say another.
TOKEN_SCOPE = TokenScope.TRADES
