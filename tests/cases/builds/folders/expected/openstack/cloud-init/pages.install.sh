#!/bin/bash
# Installs Apache with PHP, and the pages of the service pages.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp pages: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/pages.installed # contains the digest of the version
digest=$(cat "$0" /opt/folders/pages.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/folders/pages && sha256sum --check --strict --quiet /opt/folders/pages.sha256)
version=$(php -r 'echo PHP_MAJOR_VERSION . "." . PHP_MINOR_VERSION;')
say "Apache with PHP $version"
a2dissite --quiet 000-default > /dev/null
a2enmod --quiet rewrite headers > /dev/null

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
