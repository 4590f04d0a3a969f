"""What was done by whom: the site's role adds lines and reads them, and only age takes them away."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
REFUSED = sa.text("outcome = 'refused'")

# The schema's name is baked into the body and the time is the database's own: whoever calls this can take away the old
# lines of this site, and nothing younger than the site keeps them, which is never less than thirty days.
TRIM = """
    DO $do$
    DECLARE
        site text := current_schema();
    BEGIN
        EXECUTE format($format$
            CREATE FUNCTION trim_audit(request text, OUT deleted bigint, OUT next_due timestamptz)
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $trim$
            DECLARE
                kept interval := make_interval(days => (SELECT greatest(audit_days, 30) FROM %1$I.site_settings));
                moment timestamptz := clock_timestamp();
            BEGIN
                DELETE FROM %1$I.audit_events WHERE at < moment - kept;
                GET DIAGNOSTICS deleted = ROW_COUNT;
                IF deleted > 0 THEN
                    INSERT INTO %1$I.audit_events (id, at, action, outcome, actor_name, role, subject, label, before,
                                                   after, client, request_id, token)
                    VALUES (replace(gen_random_uuid()::text, '-', ''), moment, 'audit.trim', 'done', 'operator',
                            'operator', '', '', '{}', jsonb_build_object('deleted', deleted::text,
                            'older_than', to_char((moment - kept) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
                            '', request, '');
                END IF;
                SELECT min(at) + kept INTO next_due FROM %1$I.audit_events;
            END $trim$
        $format$, site);
        REVOKE ALL ON FUNCTION trim_audit(text) FROM PUBLIC;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = site) THEN
            EXECUTE format('REVOKE UPDATE, DELETE ON audit_events FROM %I', site);
            EXECUTE format('GRANT EXECUTE ON FUNCTION trim_audit(text) TO %I', site);
        END IF;
    END $do$
"""


def upgrade() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("before", JSONB(), nullable=False),
        sa.Column("after", JSONB(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    op.create_index("ix_audit_events_at", "audit_events", ["at", "id"])
    for filtered in ("actor_id", "action", "subject"):
        op.create_index(f"ix_audit_events_{filtered}", "audit_events", [filtered, "at", "id"])
    op.create_index("ix_audit_events_refused", "audit_events", ["at", "id"], postgresql_where=REFUSED)
    op.add_column("site_settings", sa.Column("audit_days", sa.Integer(), server_default="365", nullable=False))
    op.create_check_constraint(op.f("ck_site_settings_audit_days"), "site_settings", "audit_days BETWEEN 30 AND 3650")
    op.execute(TRIM)


def downgrade() -> None:
    op.execute("DROP FUNCTION trim_audit(text)")
    op.drop_column("site_settings", "audit_days")
    op.drop_table("audit_events")
