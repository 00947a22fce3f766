#!/bin/bash
# Installs the applications of the service shop-aside.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp shop-aside: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/shop-aside.installed # contains the digest of the version
digest=$(cat "$0" /opt/joins/shop-aside.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/joins/shop-aside && sha256sum --check --strict --quiet /opt/joins/shop-aside.sha256)
version=$(ruby -e 'puts RUBY_VERSION[/\d+\.\d+/]')
say "Ruby $version"

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
