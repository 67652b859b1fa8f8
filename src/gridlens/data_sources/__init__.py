"""What can be read."""

from gridlens.core.module import Module

module = Module("data_sources")
