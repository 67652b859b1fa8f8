"""Ways in which messages leave the house."""
