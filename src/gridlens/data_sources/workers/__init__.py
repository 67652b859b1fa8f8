"""Separate processes that open files: database files for queries, uploads for parsing."""
