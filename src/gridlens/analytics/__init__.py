"""From a question to rows."""

from gridlens.core.module import Module

module = Module("analytics")
