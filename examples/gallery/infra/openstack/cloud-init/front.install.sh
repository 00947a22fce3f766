#!/bin/bash
# Installs the pages of the service front.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp front: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/front.installed # contains the digest of the version
digest=$(cat "$0" /opt/gallery/front.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/gallery/front && sha256sum --check --strict --quiet /opt/gallery/front.sha256)
version=$(nginx -v 2>&1 | sed 's|.*/\([0-9]*\.[0-9]*\).*|\1|')
say "nginx $version"
rm -f /etc/nginx/sites-enabled/default

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
