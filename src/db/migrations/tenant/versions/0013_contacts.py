"""Messages of visitors, and what the owner decides about the form that they come by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
TEXTS = (
    *("id", "state", "name", "email", "telegram", "other", "text", "consent", "lang", "client", "note"),
    *("fingerprint", "folded"),
)


def upgrade() -> None:
    op.add_column(
        "site_settings", sa.Column("contacts", JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False)
    )
    op.create_table(
        "messages",
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("assignee_id", sa.Text(), nullable=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("trashed_at", MOMENT, nullable=True),
        *(sa.Column(name, JSONB(), nullable=False) for name in ("extra", "replies")),
        sa.Column("reasons", ARRAY(sa.Text()), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("score", "version")),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["users.id"], name=op.f("fk_messages_assignee_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_received_at", "messages", ["received_at", "id"])
    op.create_index("ix_messages_fingerprint", "messages", ["fingerprint"])
    op.create_index(op.f("ix_messages_assignee_id"), "messages", ["assignee_id"])
    op.execute("CREATE INDEX ix_messages_folded ON messages USING gin (folded extensions.gin_trgm_ops)")


def downgrade() -> None:
    op.drop_table("messages")
    op.drop_column("site_settings", "contacts")
