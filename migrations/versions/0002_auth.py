"""This migration will add organisations, users, factors, sessions, tokens and the audit log."""

import logging

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

import gridlens.core.models

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
UtcDateTime = gridlens.core.models.UtcDateTime
Json = gridlens.core.models.Json
LongText = gridlens.core.models.LongText
# MariaDB and MySQL hold é and e for the same letter unless told otherwise; addresses differ by them.
EMAIL = sa.String(254).with_variant(mysql.VARCHAR(254, collation="utf8mb4_bin"), "mysql", "mariadb")

APPEND_ONLY = "entries of the audit log are never changed or removed"
TRIGGERS_NEED_MORE_RIGHTS = 1419
"""MariaDB's and MySQL's answer when the binary log is on and the account may not add triggers."""


def upgrade() -> None:
    _people()
    _sign_in()
    _programs()
    _audit()


def downgrade() -> None:
    for table in (
        "audit_signature",
        "audit_head",
        "audit_entry",
        "revoked_jwt",
        "refresh_token",
        "signing_key",
        "api_token",
        "attempt",
        "link",
        "trusted_device",
        "session",
        "email_code",
        "half_login",
        "recovery_code",
        "totp_factor",
        "set_up_completion",
        "user",
        "organisation",
    ):
        op.drop_table(f"auth_{table}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS auth_audit_entry_is_append_only()")


def _key() -> sa.Column[object]:
    return sa.Column("id", GUID(length=16), primary_key=True)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(timezone=True), nullable=nullable)


def _stamps() -> list[sa.Column[object]]:
    return [_time("created_at"), _time("updated_at")]


def _of_user(table: str, *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("user_id", GUID(length=16), nullable=nullable),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name=f"fk_{table}_user_id_auth_user", ondelete="CASCADE"
        ),
    ]


def _people() -> None:
    op.create_table(
        "auth_organisation",
        _key(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("otp_for_everyone", sa.Boolean(), nullable=False),
        sa.Column("otp_roles", Json(), nullable=False),
        sa.Column("email_codes_allowed", sa.Boolean(), nullable=False),
        *_stamps(),
    )
    op.create_table(
        "auth_user",
        _key(),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", EMAIL, nullable=False),
        sa.Column("password_hash", sa.String(255)),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("theme", sa.String(10), nullable=False),
        sa.Column("locale", sa.String(20), nullable=False),
        sa.Column("email_codes_enabled", sa.Boolean(), nullable=False),
        sa.Column("wrong_codes_in_a_row", sa.Integer(), nullable=False),
        _time("stopped_at", nullable=True),
        _time("signed_in_at", nullable=True),
        *_stamps(),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["auth_organisation.id"],
            name="fk_auth_user_organisation_id_auth_organisation",
        ),
        sa.UniqueConstraint("email", name="uq_auth_user_email"),
    )
    op.create_index("ix_auth_user_organisation_id", "auth_user", ["organisation_id"])
    op.create_table(
        "auth_set_up_completion",
        sa.Column("slot", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        _time("completed_at"),
        sa.CheckConstraint("slot = 1", name="slot"),
    )


def _sign_in() -> None:
    op.create_table(
        "auth_totp_factor",
        _key(),
        *_of_user("auth_totp_factor"),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        _time("activated_at", nullable=True),
        *_stamps(),
        sa.UniqueConstraint("user_id", "is_active", name="uq_auth_totp_factor_user_id_is_active"),
    )
    op.create_table(
        "auth_recovery_code",
        _key(),
        *_of_user("auth_recovery_code"),
        sa.Column("code_hmac", sa.String(64), nullable=False),
        _time("used_at", nullable=True),
        *_stamps(),
    )
    op.create_index("ix_auth_recovery_code_user_id", "auth_recovery_code", ["user_id"])
    op.create_table(
        "auth_half_login",
        _key(),
        *_of_user("auth_half_login"),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("session_id", GUID(length=16)),
        sa.Column("device_id", GUID(length=16)),
        sa.Column("may_enrol", sa.Boolean(), nullable=False),
        _time("expires_at"),
        *_stamps(),
        sa.UniqueConstraint("token_hash", name="uq_auth_half_login_token_hash"),
    )
    op.create_index("ix_auth_half_login_user_id", "auth_half_login", ["user_id"])
    op.create_table(
        "auth_email_code",
        sa.Column("half_login_id", GUID(length=16), primary_key=True),
        sa.Column("code_hmac", sa.String(64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        _time("sent_at"),
        _time("expires_at"),
        sa.ForeignKeyConstraint(
            ["half_login_id"],
            ["auth_half_login.id"],
            name="fk_auth_email_code_half_login_id_auth_half_login",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "auth_session",
        _key(),
        *_of_user("auth_session"),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("aal", sa.Integer(), nullable=False),
        sa.Column("user_agent", sa.String(300), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("device_id", GUID(length=16)),
        _time("seen_at"),
        _time("expires_at"),
        _time("stepped_up_at", nullable=True),
        *_stamps(),
        sa.UniqueConstraint("token_hash", name="uq_auth_session_token_hash"),
    )
    op.create_index("ix_auth_session_user_id", "auth_session", ["user_id"])
    op.create_table(
        "auth_trusted_device",
        _key(),
        *_of_user("auth_trusted_device"),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("user_agent", sa.String(300), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        _time("used_at"),
        _time("expires_at"),
        *_stamps(),
    )
    op.create_index("ix_auth_trusted_device_user_id", "auth_trusted_device", ["user_id"])
    op.create_table(
        "auth_link",
        _key(),
        sa.Column("kind", sa.String(20), nullable=False),
        *_of_user("auth_link", nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("new_email", sa.String(254)),
        _time("expires_at"),
        _time("used_at", nullable=True),
        *_stamps(),
        sa.UniqueConstraint("token_hash", name="uq_auth_link_token_hash"),
    )
    op.create_index("ix_auth_link_user_id", "auth_link", ["user_id"])
    op.create_table(
        "auth_attempt",
        _key(),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        _time("made_at"),
    )
    op.create_index("ix_auth_attempt_kind_subject_made_at", "auth_attempt", ["kind", "subject", "made_at"])
    op.create_index("ix_auth_attempt_made_at", "auth_attempt", ["made_at"])


def _programs() -> None:
    op.create_table(
        "auth_api_token",
        _key(),
        *_of_user("auth_api_token"),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("scopes", Json(), nullable=False),
        _time("expires_at"),
        _time("used_at", nullable=True),
        *_stamps(),
        sa.UniqueConstraint("public_id", name="uq_auth_api_token_public_id"),
    )
    op.create_index("ix_auth_api_token_user_id", "auth_api_token", ["user_id"])
    op.create_table(
        "auth_signing_key",
        sa.Column("kid", sa.String(32), primary_key=True),
        sa.Column("sealed_private", sa.LargeBinary(), nullable=False),
        _time("made_at"),
        _time("retired_at", nullable=True),
    )
    op.create_table(
        "auth_refresh_token",
        _key(),
        sa.Column("family_id", GUID(length=16), nullable=False),
        sa.Column("api_token_id", GUID(length=16), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("jti", sa.String(36), nullable=False),
        _time("expires_at"),
        _time("used_at", nullable=True),
        _time("revoked_at", nullable=True),
        *_stamps(),
        sa.ForeignKeyConstraint(
            ["api_token_id"],
            ["auth_api_token.id"],
            name="fk_auth_refresh_token_api_token_id_auth_api_token",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("token_hash", name="uq_auth_refresh_token_token_hash"),
    )
    op.create_index("ix_auth_refresh_token_family_id", "auth_refresh_token", ["family_id"])
    op.create_index("ix_auth_refresh_token_api_token_id", "auth_refresh_token", ["api_token_id"])
    op.create_table(
        "auth_revoked_jwt",
        sa.Column("jti", sa.String(36), primary_key=True),
        _time("expires_at"),
    )


def _audit() -> None:
    op.create_table(
        "auth_audit_entry",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        _time("at"),
        sa.Column("organisation_id", GUID(length=16)),
        sa.Column("user_id", GUID(length=16)),
        sa.Column("action", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("detail", LongText(), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("hmac", sa.String(64), nullable=False),
    )
    op.create_index(
        "ix_auth_audit_entry_organisation_id_number", "auth_audit_entry", ["organisation_id", "number"]
    )
    op.create_index("ix_auth_audit_entry_user_id_number", "auth_audit_entry", ["user_id", "number"])
    head = op.create_table(
        "auth_audit_head",
        sa.Column("slot", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hmac", sa.String(64), nullable=False),
        sa.CheckConstraint("slot = 1", name="slot"),
    )
    op.bulk_insert(head, [{"slot": 1, "number": 0, "hmac": "0" * 64}])
    op.create_table(
        "auth_audit_signature",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("hmac", sa.String(64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        _time("signed_at"),
    )
    _make_append_only()


def _make_append_only() -> None:
    """Let the database itself refuse UPDATE and DELETE, whoever asks."""
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION auth_audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER auth_audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON auth_audit_entry FOR EACH STATEMENT EXECUTE FUNCTION auth_audit_entry_is_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        body = (
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
            if dialect == "sqlite"
            else f"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{APPEND_ONLY}'"
        )
        try:
            op.execute(
                f"CREATE TRIGGER auth_audit_entry_no_{verb.lower()} BEFORE {verb} "
                f"ON auth_audit_entry FOR EACH ROW {body}"
            )
        except sa.exc.DBAPIError as error:
            # The chain of HMACs still shows a change, so an account with fewer rights can start too.
            if getattr(error.orig, "args", (0,))[0] != TRIGGERS_NEED_MORE_RIGHTS:
                raise
            logging.getLogger(__name__).warning(
                "The database refuses triggers to this account, so it does not itself keep the audit log "
                "append-only. To have that, set log_bin_trust_function_creators=1 before the first start."
            )
