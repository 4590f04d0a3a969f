"""The site and its policy, people and their sessions, posts, media, limits and idempotency keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)

# The tenant's id is what follows the prefix in the schema's name.
TELL_PROFILE = """
    CREATE FUNCTION tell_profile() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_notify('terrace_changes', 'profile:' || substring(TG_TABLE_SCHEMA FROM '[^_]*$'));
        RETURN NULL;
    END $$
"""
PROFILE_TABLES = ("site_settings", "policy_differences")


def text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def integer(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    _create_site()
    _create_people()
    _create_posts()
    _create_media()
    _create_limits()
    _create_idempotency_keys()


def downgrade() -> None:
    tables = ("idempotency_keys", "rate_limits", "media", "posts", "invitations", "sessions", "users")
    for table in (*tables, *PROFILE_TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION tell_profile()")


def _create_site() -> None:
    op.create_table(
        "site_settings",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        *(text(name) for name in ("title", "locale", "time_zone", "accent", "tagline", "about", "about_html")),
        text("picture", nullable=True),
        text("picture_alt"),
        sa.Column("menu", JSONB(), nullable=False),
        sa.Column("ways", JSONB(), nullable=False),
        sa.Column("sections", sa.ARRAY(sa.Text()), nullable=False),
        integer("version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_settings")),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_settings_one_row")),
    )
    op.create_table(
        "policy_differences",
        *(text(name) for name in ("role", "action", "scope")),
        sa.PrimaryKeyConstraint("role", "action", name=op.f("pk_policy_differences")),
    )
    op.execute(TELL_PROFILE)
    for table in PROFILE_TABLES:
        op.execute(
            f"CREATE TRIGGER tell_profile AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION tell_profile()"
        )


def _create_people() -> None:
    op.create_table(
        "users",
        *(text(name) for name in ("id", "email", "name", "role")),
        text("password_hash", nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        text("locale", nullable=True),
        sa.Column("disabled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "sessions",
        *(text(name) for name in ("id", "user_id", "kind")),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        text("user_agent"),
        integer("generation"),
        sa.Column("refreshed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"])
    op.create_table(
        "invitations",
        *(text(name) for name in ("id", "email", "name", "role")),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_email"), "invitations", ["email"])


def _create_posts() -> None:
    op.create_table(
        "posts",
        *(text(name) for name in ("id", "slug", "title", "description", "body", "html")),
        integer("renderer_version"),
        integer("words"),
        text("lang"),
        sa.Column("tags", sa.ARRAY(sa.Text()), nullable=False),
        text("cover", nullable=True),
        text("cover_alt"),
        text("author_id", nullable=True),
        text("author_name"),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("trashed_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        integer("version"),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_posts_author_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("slug", name=op.f("uq_posts_slug")),
    )
    newest_first: list[str | sa.TextClause] = ["is_public", sa.text("published_at DESC"), sa.text("id DESC")]
    op.create_index("ix_posts_public", "posts", newest_first)
    op.create_index("ix_posts_author_id", "posts", ["author_id"])
    op.create_index("ix_posts_tags", "posts", ["tags"], postgresql_using="gin")


def _create_media() -> None:
    op.create_table(
        "media",
        *(text(name) for name in ("key", "filename", "content_type")),
        integer("width"),
        integer("height"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        text("digest"),
        text("alt"),
        text("uploaded_by", nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        integer("version"),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["users.id"], name=op.f("fk_media_uploaded_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_media")),
    )
    op.create_index("ix_media_newest", "media", [sa.text("created_at DESC"), sa.text("key DESC")])
    op.create_index("ix_media_filename", "media", ["filename"])
    op.create_index(op.f("ix_media_uploaded_by"), "media", ["uploaded_by"])


def _create_limits() -> None:
    op.create_table(
        "rate_limits",
        text("name"),
        text("subject"),
        sa.Column("hits", sa.ARRAY(MOMENT), nullable=False),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", "subject", name=op.f("pk_rate_limits")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_rate_limits_expires_at", "rate_limits", ["expires_at"])


def _create_idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        *(text(name) for name in ("actor", "key", "fingerprint")),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", JSONB(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"])
