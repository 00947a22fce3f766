#!/bin/bash
# pages.build FOLDER: builds a release of pages in FOLDER. The current release keeps running.
set -Eeuo pipefail
say() { echo "camp build pages: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

app=$1/app/services/pages

if [ -e "$app/composer.json" ]; then
  if ! command -v composer > /dev/null; then
    say "installing Composer"
    DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --yes --no-install-recommends install composer > /dev/null
  fi
  say "installing the packages in composer.json"
  /usr/local/lib/camp/build "$app" -- composer --working-dir="$app" --no-interaction --no-progress --quiet \
    install --no-dev --optimize-autoloader
fi
