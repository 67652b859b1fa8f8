"""From rows to a figure."""

from gridlens.core.module import Module

module = Module("visualizations")
