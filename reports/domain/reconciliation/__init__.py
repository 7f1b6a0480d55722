"""One hedge under two frameworks, side by side, with the difference taken apart."""
