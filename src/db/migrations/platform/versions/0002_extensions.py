"""Trigrams, in a schema of their own: everybody may use them, nobody may make anything there."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS extensions")
    op.execute("GRANT USAGE ON SCHEMA extensions TO PUBLIC")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extensions")


def downgrade() -> None:
    op.execute("DROP EXTENSION IF EXISTS pg_trgm CASCADE")
    op.execute("DROP SCHEMA IF EXISTS extensions")
