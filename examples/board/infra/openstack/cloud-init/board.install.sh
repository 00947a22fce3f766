#!/bin/bash
# Installs the application of the service board.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp board: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/board.installed # contains the digest of the version
digest=$(cat "$0" /opt/board/board.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/board/board && sha256sum --check --strict --quiet /opt/board/board.sha256)
version=$(node --version | sed 's/^v//; s/\..*//')
say "Node.js $version"

top=/opt/board/board
if ! command -v npm > /dev/null; then
  say "installing Node.js and npm"
  # Without its recommended packages, of which there are about 600
  DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --yes --no-install-recommends install nodejs npm > /dev/null
fi
say "building board"
/usr/local/lib/camp/build "$top" -- /bin/bash /usr/local/lib/camp/node-build apps/board \
  '(cd ../../packages/notes && npm run build) && npm run build'

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
