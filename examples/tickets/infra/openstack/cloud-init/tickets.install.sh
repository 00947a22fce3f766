#!/bin/bash
# Installs the programs of the service tickets.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp tickets: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/tickets.installed # contains the digest of the version
digest=$(cat "$0" /opt/tickets/tickets.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

# build FOLDER PACKAGE: the program FOLDER.bin
build() {
  say "building $1"
  /usr/local/lib/camp/build "$1" -- env CGO_ENABLED=0 GOFLAGS=-buildvcs=false go build -trimpath -o "$1/.camp.bin" "$2"
  mv "$1/.camp.bin" "$1.bin"
}

rm -f "$installed"
say "checking the content"
(cd /opt/tickets/tickets && sha256sum --check --strict --quiet /opt/tickets/tickets.sha256)
version=$(go env GOVERSION | sed 's/^go\([0-9]*\.[0-9]*\).*/\1/')
say "Go $version"
say "building /opt/tickets/tickets/bin"
/usr/local/lib/camp/build /opt/tickets/tickets -- env CGO_ENABLED=0 GOFLAGS=-buildvcs=false \
  go build -trimpath -o bin/ ./cmd/archive ./cmd/server

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
