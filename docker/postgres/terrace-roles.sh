#!/bin/sh
# Makes the two roles Terrace needs, its database, and sets their passwords from the secrets. It can run again
# at any time: that is how passwords are rotated and how a restored cluster takes this installation's secrets.
#
#   terrace_owner  LOGIN CREATEROLE, owns the database: migrations and the command line
#   terrace_app    LOGIN NOINHERIT, owns nothing: what serves requests
set -eu

secret() { # one line, without its end
    tr -d '\r\n' < "/run/secrets/$1"
}

# The values go through the environment: arguments can be read by every process of the machine.
OWNER_PASSWORD=$(secret database_owner_password)
APP_PASSWORD=$(secret database_app_password)
SUPERUSER_PASSWORD=$(secret database_superuser_password)
export OWNER_PASSWORD APP_PASSWORD SUPERUSER_PASSWORD

run() {
    PGHOST='' PGHOSTADDR='' psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username postgres "$@"
}

run --dbname postgres <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv superuser_password SUPERUSER_PASSWORD
-- Passwords stand in these statements; they must not stand in the log when one of them fails.
SET log_min_error_statement = panic;
SET log_min_duration_statement = -1;
SELECT 'CREATE ROLE terrace_owner' WHERE to_regrole('terrace_owner') IS NULL \gexec
SELECT 'CREATE ROLE terrace_app' WHERE to_regrole('terrace_app') IS NULL \gexec
ALTER ROLE postgres PASSWORD :'superuser_password';
ALTER ROLE terrace_owner LOGIN CREATEROLE NOCREATEDB NOSUPERUSER NOBYPASSRLS NOREPLICATION PASSWORD :'owner_password';
ALTER ROLE terrace_app LOGIN NOINHERIT NOCREATEROLE NOCREATEDB NOSUPERUSER NOBYPASSRLS NOREPLICATION PASSWORD :'app_password';
SELECT 'CREATE DATABASE terrace OWNER terrace_owner'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'terrace') \gexec
ALTER DATABASE terrace OWNER TO terrace_owner;
REVOKE ALL ON DATABASE terrace FROM PUBLIC;
GRANT CONNECT ON DATABASE terrace TO terrace_app;
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
REVOKE CONNECT ON DATABASE template1 FROM PUBLIC;
SQL

run --dbname terrace --command 'REVOKE ALL ON SCHEMA public FROM PUBLIC'
