"""Plans as SQL that gives the same rows on every engine."""
