"""Who sees which rows, tables and columns of a source."""
