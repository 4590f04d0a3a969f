"""Work that is due, and the bell in the platform that rings for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)

# The tenant's id is what follows the prefix in the schema's name. It is baked into the body: whoever calls the function
# can ring for this site and no other. Runners look every few seconds anyway: only what is due before they would look
# again is told.
BELL = """
    DO $do$
    DECLARE
        site text := current_schema();
    BEGIN
        EXECUTE format($format$
            CREATE FUNCTION wake(kind text, due_at timestamptz) RETURNS void
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $wake$
            BEGIN
                INSERT INTO platform.wakeups (tenant_id, kind, due_at) VALUES (%L, $1, $2);
                IF $2 < clock_timestamp() + interval '10 seconds' THEN
                    PERFORM pg_notify('terrace_changes', 'wakeup');
                END IF;
            END $wake$
        $format$, substring(site FROM '[^_]*$'));
        EXECUTE format($format$
            CREATE FUNCTION wake_for_task() RETURNS trigger LANGUAGE plpgsql AS $wake$
            BEGIN
                PERFORM %I.wake(NEW.kind, NEW.due_at);
                RETURN NULL;
            END $wake$
        $format$, site);
        REVOKE ALL ON FUNCTION wake(text, timestamptz) FROM PUBLIC;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = site) THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION wake(text, timestamptz) TO %I', site);
        END IF;
    END $do$
"""
# Nobody was told that the trash would be emptied: what lies there already has its days from now on.
EMPTY_LATER = """
    INSERT INTO tasks (kind, subject, payload, due_at, attempts)
    SELECT 'empty_trash', '', '{}', now() + interval '30 days', 0
    WHERE EXISTS (SELECT FROM posts WHERE trashed_at IS NOT NULL)
"""
WAITS = "NEW.started_at IS NULL AND NEW.failed_at IS NULL"
WAS_NOT_WAITING = "OLD.started_at IS NOT NULL OR OLD.failed_at IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", JSONB(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("failed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    # A task that is being done does not count: what is asked for meanwhile becomes a task of its own.
    op.create_index(
        "uq_tasks_waiting", "tasks", ["kind", "subject"], unique=True, postgresql_where=sa.text("started_at IS NULL")
    )
    op.create_index("ix_tasks_due", "tasks", ["kind", "due_at"])
    op.execute(BELL)
    op.execute("CREATE TRIGGER wake_for_new AFTER INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION wake_for_task()")
    op.execute(
        f"CREATE TRIGGER wake_for_moved AFTER UPDATE ON tasks FOR EACH ROW WHEN ({WAITS} "
        f"AND (NEW.due_at <> OLD.due_at OR {WAS_NOT_WAITING})) EXECUTE FUNCTION wake_for_task()"
    )
    op.execute(EMPTY_LATER)


def downgrade() -> None:
    op.drop_table("tasks")
    op.execute("DROP FUNCTION wake_for_task()")
    op.execute("DROP FUNCTION wake(text, timestamptz)")
