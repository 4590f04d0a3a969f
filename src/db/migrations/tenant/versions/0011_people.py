"""Profiles, known devices, and where sessions began."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("profile", JSONB(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("users", sa.Column("devices", ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("sessions", sa.Column("client", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("sessions", "client")
    op.drop_column("users", "devices")
    op.drop_column("users", "profile")
