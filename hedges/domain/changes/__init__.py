"""Changes of hedge relationships: proposed with their effect, decided by a second person, in force from their date."""
