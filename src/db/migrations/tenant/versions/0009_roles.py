"""Roles of the site's own, and one version for all that the site says about roles and rights."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roles",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "name", "description", "base")),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_roles")),
    )
    op.execute(
        "CREATE TRIGGER tell_profile AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON roles "
        "FOR EACH STATEMENT EXECUTE FUNCTION tell_profile()"
    )
    version = sa.Column("policy_version", sa.Integer(), server_default=sa.text("1"), nullable=False)
    op.add_column("site_settings", version)


def downgrade() -> None:
    op.drop_column("site_settings", "policy_version")
    op.drop_table("roles")
