"""The disclosure tables of hedge accounting (IFRS 7.21A-24F), all from the same journal lines."""
