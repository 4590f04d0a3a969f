"""Second factors and passkeys, and whose sign-in needs one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "factors",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "user_id", "kind", "name", "secret")),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=True),
        sa.Column("host", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_factors_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factors")),
        sa.UniqueConstraint("credential", name=op.f("uq_factors_credential")),
    )
    op.create_index(op.f("ix_factors_user_id"), "factors", ["user_id"])
    op.create_index(
        "uq_factors_one_of_a_kind", "factors", ["user_id", "kind"], unique=True, postgresql_where="kind <> 'passkey'"
    )
    op.add_column(
        "site_settings", sa.Column("security", JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("site_settings", "security")
    op.drop_table("factors")
