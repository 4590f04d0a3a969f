"""Who may do what, as SQL. Each script may run again over what an interrupted or restored installation has."""

from core.tenancy.entities import Tenant
from db.tenant_session import PLATFORM, quoted


def platform_grants(app_role: str) -> str:
    """The application reads the platform's tables and may make nothing anywhere: a temporary table could shadow a
    tenant's."""
    app = quoted(app_role)
    return f"""
        GRANT USAGE ON SCHEMA {PLATFORM} TO {app};
        ALTER DEFAULT PRIVILEGES IN SCHEMA {PLATFORM} GRANT SELECT ON TABLES TO {app};
        GRANT SELECT ON ALL TABLES IN SCHEMA {PLATFORM} TO {app};
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
