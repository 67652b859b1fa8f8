"""What auth does, one file a subject."""
