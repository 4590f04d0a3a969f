"""What is typed about a question and not saved is kept as what is typed about a post."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SUBJECT = "coalesce(post_id, question_id)"


def upgrade() -> None:
    op.drop_constraint("pk_working_copies", "working_copies")
    op.alter_column("working_copies", "post_id", nullable=True)
    op.add_column("working_copies", sa.Column("question_id", sa.Text(), nullable=True))
    op.add_column("working_copies", sa.Column("subject", sa.Text(), sa.Computed(SUBJECT, persisted=True)))
    op.create_primary_key("pk_working_copies", "working_copies", ["subject", "user_id"])
    op.create_foreign_key(
        "fk_working_copies_question_id_questions",
        "working_copies",
        "questions",
        ["question_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_check_constraint("one_subject", "working_copies", "num_nonnulls(post_id, question_id) = 1")
    op.create_index("ix_working_copies_post_id", "working_copies", ["post_id"])
    op.create_index("ix_working_copies_question_id", "working_copies", ["question_id"])


def downgrade() -> None:
    op.execute("DELETE FROM working_copies WHERE post_id IS NULL")
    op.drop_constraint("pk_working_copies", "working_copies")
    op.drop_index("ix_working_copies_post_id", "working_copies")
    op.drop_column("working_copies", "subject")
    op.drop_column("working_copies", "question_id")
    op.alter_column("working_copies", "post_id", nullable=False)
    op.create_primary_key("pk_working_copies", "working_copies", ["post_id", "user_id"])
