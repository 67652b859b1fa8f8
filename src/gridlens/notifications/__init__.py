"""What leaves the house."""

from gridlens.core.module import Module

module = Module("notifications")
