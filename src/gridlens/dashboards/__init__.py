"""Figures in a grid."""

from gridlens.core.module import Module

module = Module("dashboards")
