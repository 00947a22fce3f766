#!/bin/bash
# Installs Apache with PHP, and the pages of the service web.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/web.installed # contains the digest of the version
digest=$(cat "$0" /opt/recipes/recipes.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
getent group camp-data-web > /dev/null || groupadd --system camp-data-web
id camp-recipes > /dev/null 2>&1 ||
  useradd --system --uid 72906 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin camp-recipes
usermod --append --groups camp-data-web camp-recipes
usermod --append --groups camp-data-web www-data
say "checking the content"
(cd /opt/recipes/recipes && sha256sum --check --strict --quiet /opt/recipes/recipes.sha256)
version=$(php -r 'echo PHP_MAJOR_VERSION . "." . PHP_MINOR_VERSION;')
say "Apache with PHP $version"

app=/opt/recipes/recipes
if [ -e "$app/composer.json" ]; then
  say "installing the packages in composer.json"
  /usr/local/lib/camp/build "$app" -- composer --working-dir="$app" --no-interaction --no-progress --quiet \
    install --no-dev --optimize-autoloader
fi
a2dissite --quiet 000-default > /dev/null
a2enmod --quiet rewrite headers > /dev/null

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
