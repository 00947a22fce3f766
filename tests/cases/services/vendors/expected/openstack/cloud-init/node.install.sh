#!/bin/bash
# Installs the application of the service node.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp node: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/node.installed # contains the digest of the version
digest=$(cat "$0" /opt/tasks/web.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/tasks/web && sha256sum --check --strict --quiet /opt/tasks/web.sha256)
version=$(node --version | sed 's/^v//; s/\..*//')
say "Node.js $version"
if ! dpkg --compare-versions "$version" ge 22 || ! dpkg --compare-versions "$version" lt 23; then
  say "the plan asks for "'Node.js [22,23)'", but the repository of the vendor has $version"
  exit 1
fi

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
