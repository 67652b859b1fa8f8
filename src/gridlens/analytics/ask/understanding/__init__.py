"""Questions in plain words, read against what a source holds."""
