"""Pictures in several sizes, that can be replaced and are known by the bytes they came from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = ("colour", "variants", "source_digest", "edition", "was_animated", "stored_size")


def upgrade() -> None:
    for name in ("colour", "source_digest", "edition"):
        op.add_column("media", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("media", sa.Column("variants", JSONB(), nullable=False, server_default="[]"))
    op.add_column("media", sa.Column("was_animated", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.add_column("media", sa.Column("stored_size", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE media SET stored_size = size")
    op.create_index("ix_media_source_digest", "media", ["source_digest"])


def downgrade() -> None:
    op.drop_index("ix_media_source_digest", "media")
    for column in COLUMNS:
        op.drop_column("media", column)
