#!/bin/sh
# Dumps the whole deployment into a new folder: roles, database, objects, and what they belong to.
#
#   docker/backup.sh FOLDER
#
# Sites stay up. The object store alone is stopped meanwhile: text is served and written, media answer 503 and
# uploads are refused. That is what makes the copy exact: every file that the database speaks of was stored
# before, and none can be removed until both are copied.
#
# The secrets are not in it, so that whoever finds a dump cannot open it. Keep a copy of ./secrets elsewhere:
# without secrets_keys nobody can read the buckets' keys in the database.
set -eu

folder=${1:?usage: docker/backup.sh FOLDER}
cd "$(dirname "$0")/.."
if [ -e "$folder" ]; then
    echo "backup: $folder exists; a dump goes into a folder of its own" >&2
    exit 4
fi
umask 077
partial="$folder.partial"
rm -rf "$partial"
mkdir -p "$partial"

resume() {
    docker compose up --detach --no-deps --no-recreate --wait minio > /dev/null
}
docker compose stop minio
trap resume EXIT

echo "backup: roles" >&2
docker compose exec -T postgres pg_dumpall --username postgres --roles-only > "$partial/roles.sql"
echo "backup: database" >&2
docker compose exec -T postgres pg_dump --username postgres --format custom --create terrace > "$partial/database.dump"
echo "backup: objects" >&2
docker compose run --rm -T --no-deps --entrypoint tar minio --directory /data --create --file - . > "$partial/objects.tar"

trap - EXIT
resume
{
    echo "made: $(date -u +%Y-%m-%dT%H:%M:%SZ)"
    echo "images: $(docker compose config --images | sort -u | tr '\n' ' ')"
    echo "postgres: $(docker compose exec -T postgres postgres --version)"
    echo "minio: $(docker compose exec -T minio minio --version | head -n 1)"
} > "$partial/manifest.txt"
(cd "$partial" && sha256sum manifest.txt roles.sql database.dump objects.tar > SHA256SUMS)
mv "$partial" "$folder"
echo "backup: $folder, $(du -sh "$folder" | cut -f1)" >&2
