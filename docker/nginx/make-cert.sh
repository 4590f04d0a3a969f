#!/bin/sh
# Makes a self-signed certificate for a trial, for all hosts named:
#
#   make-cert HOST...                  (in the container: docker compose run --rm cert HOST...)
#   CERTS=./somewhere make-cert HOST...
#
# Browsers warn about it, rightly. A real one is put in place by put-cert.
set -eu

CERTS=${CERTS:-/etc/nginx/certs}
if [ $# -eq 0 ]; then
    echo "make-cert: name at least one host, as in: make cert HOSTS=\"anna.example boris.example\"" >&2
    exit 2
fi

names=
for host in "$@"; do
    case $host in
        *[!a-z0-9.*-]* | .* | *..* | -*)
            echo "make-cert: not a host name: $host (lower case; international names in their xn-- form)" >&2
            exit 2
            ;;
    esac
    names="${names:+$names,}DNS:$host"
done

if [ -e "$CERTS/default.crt" ] && ! openssl x509 -in "$CERTS/default.crt" -noout -subject | grep -q 'Terrace trial'; then
    echo "make-cert: $CERTS/default.crt was not made by me; I leave it alone" >&2
    exit 4
fi

umask 077
mkdir -p "$CERTS"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 \
    -subj '/CN=Terrace trial' -addext "subjectAltName=$names" \
    -addext 'basicConstraints=critical,CA:FALSE' -addext 'extendedKeyUsage=serverAuth' \
    -keyout "$CERTS/default.key.new" -out "$CERTS/default.crt.new" 2> /dev/null
mv "$CERTS/default.key.new" "$CERTS/default.key"
mv "$CERTS/default.crt.new" "$CERTS/default.crt"
echo "make-cert: a self-signed certificate for $* until $(openssl x509 -in "$CERTS/default.crt" -noout -enddate | cut -d= -f2)"
