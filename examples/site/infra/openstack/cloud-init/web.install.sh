#!/bin/bash
# Installs the pages of the service web.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/web.installed # contains the digest of the version
digest=$(cat "$0" /opt/tide-tables/site.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/tide-tables/site && sha256sum --check --strict --quiet /opt/tide-tables/site.sha256)
version=$(nginx -v 2>&1 | sed 's|.*/\([0-9]*\.[0-9]*\).*|\1|')
say "nginx $version"
rm -f /etc/nginx/sites-enabled/default

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
