"""The HTTP surface of analytics."""
