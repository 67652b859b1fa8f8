"""Saved questions: plans and SQL that are kept, shared and asked again."""
