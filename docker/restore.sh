#!/bin/sh
# Restores a dump of docker/backup.sh into a new deployment (fresh volumes, the secrets of the dump's time in
# ./secrets, the images of the dump's tag or newer).
#
#   docker/restore.sh FOLDER
#
# Refuses when there already is something to lose. Order: roles, database, objects, then this installation's
# passwords, then migrations and the application.
set -eu

folder=$(cd "${1:?usage: docker/restore.sh FOLDER}" && pwd)
cd "$(dirname "$0")/.."
(cd "$folder" && sha256sum --check --quiet SHA256SUMS)

sql() {
    docker compose exec -T postgres psql --username postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"
}

docker compose stop nginx nginx-local app minio 2> /dev/null || true
docker compose up --detach --wait postgres
if [ "$(sql --tuples-only --no-align --dbname terrace --command "SELECT count(*) FROM pg_namespace WHERE nspname = 'platform'")" != 0 ]; then
    echo "restore: this deployment has data; restore into a new one, or remove its volumes first (docker compose down --volumes)" >&2
    exit 4
fi
if docker compose run --rm -T --no-deps --entrypoint sh minio -c 'test -n "$(ls -A /data)"'; then
    # A store that was started once has made its own files; one with buckets is somebody's.
    if docker compose run --rm -T --no-deps --entrypoint sh minio -c 'ls -A /data | grep -qv "^\.minio\.sys$"'; then
        echo "restore: the object store has buckets; remove its volume first" >&2
        exit 4
    fi
    docker compose run --rm -T --no-deps --entrypoint rm minio -rf /data/.minio.sys
fi

echo "restore: roles" >&2
# Those that the new cluster already has are taken as they are; the rest of the dump then sets them right.
sed -E 's/^CREATE ROLE (.*);$/DO $role$ BEGIN CREATE ROLE \1; EXCEPTION WHEN duplicate_object THEN NULL; END $role$;/' \
    "$folder/roles.sql" | sql --dbname postgres
echo "restore: database" >&2
sql --dbname postgres --command 'DROP DATABASE terrace'
docker compose exec -T postgres pg_restore --username postgres --create --exit-on-error --dbname postgres < "$folder/database.dump"
docker compose exec -T postgres terrace-roles
sql --dbname terrace --command 'ANALYZE'
echo "restore: objects" >&2
docker compose run --rm -T --no-deps --entrypoint tar minio --directory /data --extract --file - < "$folder/objects.tar"

echo "restore: migrations and the application" >&2
docker compose up --detach --wait app minio
echo "restore: done. Compare with the old deployment, then: make run" >&2
