"""API tokens, and what the API's clients have taken of their quotas."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "api_tokens",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "user_id", "name", "digest", "hint")),
        *(sa.Column(name, ARRAY(sa.Text()), nullable=False) for name in ("scopes", "ancestors")),
        sa.Column("is_draft_only", sa.Boolean(), nullable=False),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("created_at", "expires_at")),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("used_at", "revoked_at")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_api_tokens_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_tokens_digest")),
    )
    op.create_index(op.f("ix_api_tokens_user_id"), "api_tokens", ["user_id"])
    op.add_column("rate_limits", sa.Column("taken", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("rate_limits", "taken")
    op.drop_table("api_tokens")
