"""Who you are and what you may do."""

from gridlens.core.module import Module

module = Module("auth")
