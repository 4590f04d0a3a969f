"""Imports that are uploaded, looked through, confirmed and brought in step by step."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
COUNTS = ("added", "present", "skipped", "refused")


def upgrade() -> None:
    op.add_column("imports", sa.Column("foreseen", JSONB(), nullable=False, server_default="[]"))
    op.add_column("imports", sa.Column("lang", sa.Text(), nullable=False, server_default=""))
    op.add_column("imports", sa.Column("size", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("imports", sa.Column("parts", ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.add_column("imports", sa.Column("kept_until", MOMENT, nullable=False, server_default=sa.text("now()")))
    for count in COUNTS:
        op.add_column("imports", sa.Column(count, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("imports", sa.Column("error", JSONB(), nullable=True))
    op.add_column("imports", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    # One at a time, whoever asks and however many ask at once.
    op.create_index(
        "uq_imports_open",
        "imports",
        [sa.text("(true)")],
        unique=True,
        postgresql_where=sa.text("state IN ('checking', 'ready', 'running')"),
    )
    op.create_index("ix_imports_newest", "imports", [sa.text("created_at DESC"), sa.text("id DESC")])


def downgrade() -> None:
    op.drop_index("ix_imports_newest", "imports")
    op.drop_index("uq_imports_open", "imports")
    for column in ("version", "error", *COUNTS, "kept_until", "parts", "size", "lang", "foreseen"):
        op.drop_column("imports", column)
