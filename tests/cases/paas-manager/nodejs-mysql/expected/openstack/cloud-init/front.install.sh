#!/bin/bash
# Installs the application of the service front.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp front: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/front.installed # contains the digest of the version
digest=$(cat "$0" /opt/nodejs-and-mysql/front.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/nodejs-and-mysql/front && sha256sum --check --strict --quiet /opt/nodejs-and-mysql/front.sha256)
version=$(node --version | sed 's/^v//; s/\..*//')
say "Node.js $version"

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
