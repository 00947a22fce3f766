#!/bin/bash
# Checks the release of PostgreSQL.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp database: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/database.installed # contains the digest of the version
digest=$(cat "$0" | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
version=$(pg_lsclusters --no-header | awk '$2 == "main" { print $1 }')
say "PostgreSQL $version"
if ! dpkg --compare-versions "$version" ge 13 || ! dpkg --compare-versions "$version" lt 18; then
  say "the plan asks for "'PostgreSQL [13,18)'", but the distribution has $version"
  exit 1
fi

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
