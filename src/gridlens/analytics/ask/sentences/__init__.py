"""Plans read back as sentences, and changed a part at a time."""
