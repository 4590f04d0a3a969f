#!/bin/sh
# Takes a certificate from standard input (PEM: its private key, the certificate, the chain, in any order
# but the certificate before its chain) and puts it in place:
#
#   put-cert default < bundle.pem          for every name that has none of its own
#   put-cert anna.example < bundle.pem     for this name
#
# Nothing changes when key and certificate do not belong together or the name is not covered. nginx takes
# it up with: docker compose kill --signal HUP nginx
set -eu

CERTS=${CERTS:-/etc/nginx/certs}
name=${1:-}
case $name in
    '' | *[!a-z0-9.-]* | .* | *..* | -*)
        echo "put-cert: name one host (lower case, xn-- form) or \"default\"" >&2
        exit 2
        ;;
esac

umask 077
mkdir -p "$CERTS"
work=$(mktemp -d "$CERTS/.put.XXXXXX")
trap 'rm -rf "$work"' EXIT
cat > "$work/bundle"
sed -n '/-----BEGIN CERTIFICATE-----/,/-----END CERTIFICATE-----/p' "$work/bundle" > "$work/crt"
openssl pkey -in "$work/bundle" -out "$work/key" 2> /dev/null || {
    echo "put-cert: no private key in what I was given (a key with a passphrase does not do)" >&2
    exit 1
}
certified=$(openssl x509 -in "$work/crt" -noout -pubkey 2> /dev/null) || {
    echo "put-cert: no certificate in what I was given" >&2
    exit 1
}
if [ "$certified" != "$(openssl pkey -in "$work/key" -pubout)" ]; then
    echo "put-cert: the first certificate does not belong to the private key" >&2
    exit 1
fi
if ! openssl x509 -in "$work/crt" -noout -checkend 0 > /dev/null; then
    echo "put-cert: the certificate has expired" >&2
    exit 1
fi
if [ "$name" != default ]; then
    openssl x509 -in "$work/crt" -noout -checkhost "$name" | grep -q 'does match' || {
        echo "put-cert: the certificate is not for $name" >&2
        exit 1
    }
    cat > "$work/conf" <<CONF
server {
    include tls-listen.conf;
    server_name $name;
    ssl_certificate $CERTS/$name.crt;
    ssl_certificate_key $CERTS/$name.key;
    include site.conf;
}
CONF
fi
mv "$work/key" "$CERTS/$name.key"
mv "$work/crt" "$CERTS/$name.crt"
if [ "$name" != default ]; then
    mv "$work/conf" "$CERTS/$name.conf"
fi
echo "put-cert: $name is in place until $(openssl x509 -in "$CERTS/$name.crt" -noout -enddate | cut -d= -f2)"
