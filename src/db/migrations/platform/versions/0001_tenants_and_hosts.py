"""Tenants, their hostnames and bucket keys, and what the operator did."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Workers hear of a change when it is committed, once for each transaction.
TELL_DIRECTORY = """
    CREATE FUNCTION tell_directory() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_notify('terrace_changes', 'directory');
        RETURN NULL;
    END $$
"""
TELL_BUCKET_KEY = """
    CREATE FUNCTION tell_bucket_key() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_notify('terrace_changes', 'bucket_key:' || coalesce(NEW.tenant_id, OLD.tenant_id));
        RETURN NULL;
    END $$
"""
DIRECTORY_TABLES = ("tenants", "hostnames")


def upgrade() -> None:
    op.create_table(
        "tenants",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Text(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants")),
        sa.UniqueConstraint("slug", name=op.f("uq_tenants_slug")),
    )
    op.create_table(
        "hostnames",
        sa.Column("hostname", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_hostnames_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hostname", name=op.f("pk_hostnames")),
    )
    op.create_index(op.f("ix_hostnames_tenant_id"), "hostnames", ["tenant_id"])
    op.create_table(
        "bucket_keys",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("access_key", sa.Text(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_bucket_keys_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_bucket_keys")),
    )
    op.create_table(
        "operator_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=True),
        sa.Column("details", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_events")),
    )
    op.execute(TELL_DIRECTORY)
    op.execute(TELL_BUCKET_KEY)
    for table in DIRECTORY_TABLES:
        op.execute(
            f"CREATE TRIGGER tell_directory AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION tell_directory()"
        )
    op.execute(
        "CREATE TRIGGER tell_bucket_key AFTER INSERT OR UPDATE OR DELETE ON bucket_keys "
        "FOR EACH ROW EXECUTE FUNCTION tell_bucket_key()"
    )


def downgrade() -> None:
    for table in ("operator_events", "bucket_keys", "hostnames", "tenants"):
        op.drop_table(table)
    op.execute("DROP FUNCTION tell_bucket_key()")
    op.execute("DROP FUNCTION tell_directory()")
