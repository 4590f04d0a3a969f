"""When which site has work that is due, and how the application's runners claim it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The application may not write here; this is all it can do. What is claimed is taken away in the runner's transaction,
# so that it is back the moment a runner dies. Writers only ever add rows: they wait for no runner, nor a runner for
# them. The advisory lock keeps a row that is added meanwhile from being claimed before the work at hand has ended.
CLAIM_WAKEUP = """
    CREATE FUNCTION claim_wakeup(kinds text[], shunned text[], outdated text[], moment timestamptz)
    RETURNS TABLE (claimed_tenant text, claimed_kind text, due_since timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        FOR claimed_tenant, claimed_kind, due_since IN
            SELECT w.tenant_id, w.kind, min(w.due_at)
            FROM platform.wakeups w JOIN platform.tenants t ON t.id = w.tenant_id
            WHERE w.due_at <= moment AND w.kind = ANY (kinds) AND w.tenant_id <> ALL (shunned)
              AND t.state = 'active' AND t.schema_version <> ALL (outdated)
            GROUP BY w.tenant_id, w.kind ORDER BY min(w.due_at), w.tenant_id
        LOOP
            CONTINUE WHEN NOT pg_try_advisory_xact_lock(
                hashtextextended('terrace work ' || claimed_kind || ' ' || claimed_tenant, 0)
            );
            DELETE FROM platform.wakeups WHERE id IN (
                SELECT w.id FROM platform.wakeups w
                WHERE w.tenant_id = claimed_tenant AND w.kind = claimed_kind AND w.due_at <= moment
                FOR UPDATE SKIP LOCKED
            );
            IF FOUND THEN
                RETURN NEXT;
                RETURN;
            END IF;
        END LOOP;
    END $$
"""
FORGET_WAKEUPS = """
    CREATE FUNCTION forget_wakeups() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM platform.wakeups WHERE tenant_id = OLD.id;
        RETURN NULL;
    END $$
"""


def upgrade() -> None:
    # No foreign key: its check would lock the tenant's row, which a migration holds while it waits for the writer.
    op.create_table(
        "wakeups",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wakeups")),
    )
    op.create_index(op.f("ix_wakeups_due_at"), "wakeups", ["due_at"])
    op.create_index(op.f("ix_wakeups_tenant_id_kind"), "wakeups", ["tenant_id", "kind"])
    op.execute(CLAIM_WAKEUP)
    op.execute("REVOKE ALL ON FUNCTION claim_wakeup(text[], text[], text[], timestamptz) FROM PUBLIC")
    op.execute(FORGET_WAKEUPS)
    op.execute("CREATE TRIGGER forget_wakeups AFTER DELETE ON tenants FOR EACH ROW EXECUTE FUNCTION forget_wakeups()")


def downgrade() -> None:
    op.execute("DROP TRIGGER forget_wakeups ON tenants")
    op.execute("DROP FUNCTION forget_wakeups()")
    op.execute("DROP FUNCTION claim_wakeup(text[], text[], text[], timestamptz)")
    op.drop_table("wakeups")
