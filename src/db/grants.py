"""Who may do what, as SQL. Each script may run again over what an interrupted or restored installation has."""

from sqlalchemy import text

from core.tenancy.entities import Tenant
from db.tenant_session import PLATFORM, quoted


def platform_grants(app_role: str) -> str:
    """The application reads the platform's tables and calls its functions. It may make nothing anywhere: a temporary
    table could shadow a tenant's."""
    app = quoted(app_role)
    return f"""
        GRANT USAGE ON SCHEMA {PLATFORM} TO {app};
        ALTER DEFAULT PRIVILEGES IN SCHEMA {PLATFORM} GRANT SELECT ON TABLES TO {app};
        GRANT SELECT ON ALL TABLES IN SCHEMA {PLATFORM} TO {app};
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {PLATFORM} TO {app};
        DO $$ BEGIN
            EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC', current_database());
        END $$;
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
    """  # noqa: S608 - PostgreSQL takes no parameters for names; these are quoted


def tenant_grants(tenant: Tenant, app_role: str) -> str:
    """A role that nobody signs in with, its schema, and what it may do there: read and write rows, nothing else."""
    role, schema = quoted(tenant.role), quoted(tenant.schema)
    return f"""
        DO $$ BEGIN
            CREATE ROLE {role} NOLOGIN;
        EXCEPTION WHEN duplicate_object THEN
            NULL;
        END $$;
        GRANT {role} TO {quoted(app_role)};
        CREATE SCHEMA IF NOT EXISTS {schema};
        GRANT USAGE ON SCHEMA {schema} TO {role};
        ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
        ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE ON SEQUENCES TO {role};
    """


def lost_grants(tenant: Tenant, app_role: str) -> str:
    """All of `tenant_grants`, and the rights on the tables that stand already; what was done stays as it is."""
    role, schema = quoted(tenant.role), quoted(tenant.schema)
    return f"""
        {tenant_grants(tenant, app_role)}
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role};
        REVOKE ALL ON {schema}.alembic_version FROM {role};
        DO $$ BEGIN
            IF to_regclass('{tenant.schema}.audit_events') IS NOT NULL THEN
                REVOKE UPDATE, DELETE ON {schema}.audit_events FROM {role};
            END IF;
        END $$;
    """


PLATFORM_STATE = text("""
    SELECT version_num, EXISTS (
        SELECT FROM pg_roles a WHERE a.rolname = :app
        AND has_schema_privilege(a.oid, 'platform', 'USAGE')
        AND has_table_privilege(a.oid, 'platform.tenants', 'SELECT')
    ) FROM platform.alembic_version
""")
"""The platform's version, and whether the application may read it."""

DAMAGED = text("""
    SELECT wanted.name, n.oid IS NULL OR to_regclass(wanted.name || '.site_settings') IS NULL
    FROM unnest(CAST(:schemas AS text[])) AS wanted (name)
    LEFT JOIN pg_namespace n ON n.nspname = wanted.name
    LEFT JOIN pg_roles r ON r.rolname = wanted.name
    LEFT JOIN pg_roles a ON a.rolname = :app
    WHERE (
        pg_has_role(a.oid, r.oid, 'MEMBER') AND has_schema_privilege(r.oid, n.oid, 'USAGE')
        AND has_table_privilege(r.oid, to_regclass(wanted.name || '.site_settings'), 'SELECT, UPDATE')
    ) IS NOT TRUE
""")
"""Schemas that their roles cannot use, and whether they are gone; one table stands for all: a restored dump has the
rights of all or of none."""
