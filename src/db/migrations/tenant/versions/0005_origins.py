"""Posts know which item of another site they came from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("origin", sa.Text(), nullable=False, server_default=""))
    op.create_index("uq_posts_origin", "posts", ["origin"], unique=True, postgresql_where=sa.text("origin <> ''"))


def downgrade() -> None:
    op.drop_index("uq_posts_origin", "posts")
    op.drop_column("posts", "origin")
