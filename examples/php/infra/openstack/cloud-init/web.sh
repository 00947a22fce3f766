#!/bin/bash
# Apache with PHP, and the pages of the service web.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/web
ready=/var/lib/camp/web.installed # there when the last run succeeded

# use FILE PLACE: puts it there; $changed says whether anything is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$ready"
say "checking the content that was sent"
(cd /opt/recipes/recipes && sha256sum --check --strict --quiet /opt/recipes/recipes.sha256)
version=$(php -r 'echo PHP_MAJOR_VERSION . "." . PHP_MINOR_VERSION;')
say "Apache with PHP $version"

say "configuring Apache"
use "$lib/ports.conf" /etc/apache2/ports.conf
use "$lib/site.conf" /etc/apache2/sites-available/camp.conf
a2dissite --quiet 000-default > /dev/null
a2enmod --quiet rewrite headers > /dev/null
a2ensite --quiet camp > /dev/null
apachectl configtest 2> /dev/null || apachectl configtest
use "$lib/unit.conf" /etc/systemd/system/apache2.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  say "starting the server; systemd lets it wait for what it needs"
  systemctl restart --no-block apache2.service
  changed=
fi

install -D -m 0644 /dev/null "$ready"
say "done"
