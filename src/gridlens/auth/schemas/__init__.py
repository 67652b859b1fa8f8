"""What auth's routes take and give, one file a subject."""
