"""Large sites: lists have an index in their own order, and a search uses its index whatever is looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SEARCHED = ("heading", "search")


def upgrade() -> None:
    op.create_index(
        "ix_posts_listed",
        "posts",
        ["kind", sa.text("is_pinned DESC"), sa.text("published_at DESC"), sa.text("id DESC")],
        postgresql_include=["group_id", "lang"],
        postgresql_where=sa.text("is_public AND trashed_at IS NULL"),
    )
    # For a frequent word the planner would rather read all posts than their index: what it takes to unpack each long
    # text is beyond its sums. Where it knows nothing of words it takes all for rare ones.
    for column in SEARCHED:
        op.execute(f"ALTER TABLE posts ALTER {column} SET STATISTICS 0")
        # What was gathered before would stay in use.
        op.execute(f"SELECT pg_clear_attribute_stats(current_schema()::text, 'posts', '{column}', false)")


def downgrade() -> None:
    for column in SEARCHED:
        op.execute(f"ALTER TABLE posts ALTER {column} SET STATISTICS -1")
    op.drop_index("ix_posts_listed", "posts")
