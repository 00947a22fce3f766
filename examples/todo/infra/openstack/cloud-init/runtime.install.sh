#!/bin/bash
# Installs the application of the service runtime.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp runtime: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/runtime.installed # contains the digest of the version
digest=$(cat "$0" /opt/todo/todo.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/todo/todo && sha256sum --check --strict --quiet /opt/todo/todo.sha256)
version=$(node --version | sed 's/^v//; s/\..*//')
say "Node.js $version"
if ! command -v npm > /dev/null; then
  say "installing npm"
  # Without its recommended packages, of which there are about 600
  DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --yes --no-install-recommends install npm > /dev/null
fi

app=/opt/todo/todo
if [ -e "$app/package.json" ]; then
  say "installing the packages in package.json"
  npm=(npm install --no-package-lock)
  if [ -e "$app/package-lock.json" ]; then npm=(npm ci); fi
  /usr/local/lib/camp/build "$app" -- "${npm[@]}" --omit=dev --no-audit --no-fund --loglevel=error
fi

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
