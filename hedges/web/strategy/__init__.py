"""Pages of strategy: each tool reads its inputs from the address and answers with figures, pictures and tables."""
