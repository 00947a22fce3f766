#!/bin/bash
# Installs Apache, and the pages and programs of the service manual.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp manual: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/manual.installed # contains the digest of the version
digest=$(cat "$0" /opt/orders/manual.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/orders/manual && sha256sum --check --strict --quiet /opt/orders/manual.sha256)
version=$(apachectl -v | sed -n 's|.*Apache/\([0-9]*\.[0-9]*\).*|\1|p')
say "Apache $version"
a2dissite --quiet 000-default > /dev/null
a2enmod --quiet rewrite headers cgid > /dev/null

top=/opt/orders/manual
if ! command -v npm > /dev/null; then
  say "installing Node.js and npm"
  # Without its recommended packages, of which there are about 600
  DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --yes --no-install-recommends install nodejs npm > /dev/null
fi
say "building manual"
/usr/local/lib/camp/build "$top" -- /bin/bash /usr/local/lib/camp/node-build . \
  'node "make pages.js" --title '"'"'Orders & more'"'"''

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
