"""What a person may do, and which role may do it."""

from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    ADMIN = "admin"
    ANALYST = "analyst"
    VIEWER = "viewer"


class Permission(StrEnum):
    MANAGE_USERS = "users.manage"
    READ_AUDIT = "audit.read"
    READ_SOURCES = "sources.read"
    READ_CATALOGS = "catalogs.read"
    MANAGE_SOURCES = "sources.manage"
    MANAGE_ACCESS = "access.manage"
    RUN_QUERIES = "queries.run"
    READ_QUESTIONS = "questions.read"
    EDIT_QUESTIONS = "questions.edit"
    READ_DASHBOARDS = "dashboards.read"
    EDIT_DASHBOARDS = "dashboards.edit"
    READ_REPORTS = "reports.read"
    EDIT_REPORTS = "reports.edit"
    READ_MAILBOX = "mailbox.read"


_VIEWER = frozenset(
    {
        Permission.READ_SOURCES,
        Permission.READ_QUESTIONS,
        Permission.READ_DASHBOARDS,
        Permission.READ_REPORTS,
    }
)
_ANALYST = _VIEWER | {
    Permission.READ_CATALOGS,
    Permission.MANAGE_SOURCES,
    Permission.RUN_QUERIES,
    Permission.EDIT_QUESTIONS,
    Permission.EDIT_DASHBOARDS,
    Permission.EDIT_REPORTS,
}

ROLE_PERMISSIONS = MappingProxyType(
    {
        Role.VIEWER: _VIEWER,
        Role.ANALYST: _ANALYST,
        Role.ADMIN: frozenset(Permission),
    }
)
"""Permissions of each role; the trading roles arrive with their module."""
