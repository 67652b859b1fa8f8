"""Gridlens: self-hosted energy analytics."""

__version__ = "0.1.0"
