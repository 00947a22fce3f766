#!/bin/bash
# Checks the release of PostgreSQL and the files to load.
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

# fetch_from CONFIG FILE SHA256: the URL is in a configuration file for curl. Unless FILE has this digest
fetch_from() {
  if [ -e "$2" ] && echo "$3  $2" | sha256sum --check --status; then return; fi
  mkdir -p "$(dirname "$2")"
  curl --fail --silent --show-error --globoff --location --proto '=http,https' --retry 5 --config "$1" --output "$2.part"
  echo "$3  $2.part" | sha256sum --check --strict --quiet
  mv "$2.part" "$2"
}

rm -f "$installed"
say "fetching "/usr/local/lib/camp/sample.sql
fetch_from /usr/local/lib/camp/sample.sql.url /usr/local/lib/camp/sample.sql 63a6dd9aafc568fd6ab50a2e69eae8446ec37c689ebc999b725b4f93c341c0b4
version=$(pg_lsclusters --no-header | awk '$2 == "main" { print $1 }')
say "PostgreSQL $version"

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
