#!/bin/bash
# pages.build FOLDER: builds a release of pages in FOLDER. The current release keeps running.
set -Eeuo pipefail
say() { echo "camp build pages: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

top=$1/app
if ! command -v npm > /dev/null; then
  say "installing Node.js and npm"
  # Without its recommended packages, of which there are about 600
  DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --yes --no-install-recommends install nodejs npm > /dev/null
fi
say "building pages"
/usr/local/lib/camp/build "$top" -- /bin/bash /usr/local/lib/camp/node-build . \
  'pnpm run build'
