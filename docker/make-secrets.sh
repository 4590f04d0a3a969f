#!/bin/sh
# Makes the secrets of one installation, once, in ./secrets (or the folder named). What exists is kept, so it
# can run again after an upgrade that needs one more.
set -eu

folder=${1:-secrets}
umask 077
mkdir -p "$folder"
# The containers' users read single files; on this machine only the folder's owner gets as far as them.
chmod 0700 "$folder"

random() { # random BYTES: letters and digits only, so that it needs no quoting in a URL
    od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'
}

put() { # put NAME VALUE: unless it is there
    if [ ! -s "$folder/$1" ]; then
        printf '%s\n' "$2" > "$folder/$1.new"
        chmod 0444 "$folder/$1.new"
        mv "$folder/$1.new" "$folder/$1"
        echo "make-secrets: $folder/$1"
    fi
}

put database_superuser_password "$(random 24)"
put database_owner_password "$(random 24)"
put database_app_password "$(random 24)"
put database_owner_url "postgresql://terrace_owner:$(cat "$folder/database_owner_password")@postgres:5432/terrace"
put database_app_url "postgresql://terrace_app:$(cat "$folder/database_app_password")@postgres:5432/terrace"
# The name of a store's key is as secret as the key: see docs/operations.md, "The object store".
put storage_root_access_key "$(random 10)"
put storage_root_secret_key "$(random 20)"
# Newest first: to rotate, put a new one in front (docs/operations.md, "Secrets").
put secrets_keys "[\"$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')\"]"
