#!/bin/bash
# Configures Apache with PHP, and starts the processes of the service pages.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp pages: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/pages
configured=/var/lib/camp/pages.configured # exists if the last run succeeded

# use FILE PLACE: copies FILE to PLACE. $changed is set if a file is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$configured"
/usr/local/lib/camp/release pages
say "configuring Apache"
use "$lib/ports.conf" /etc/apache2/ports.conf
use "$lib/site.conf" /etc/apache2/sites-available/camp.conf
a2ensite --quiet camp > /dev/null
apachectl configtest 2> /dev/null || apachectl configtest
use "$lib/unit.conf" /etc/systemd/system/apache2.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  say "starting the server"
  systemctl restart --no-block apache2.service # it may wait for other services
  changed=
fi
systemctl enable --quiet --now camp-release@pages.timer

install -D -m 0644 /dev/null "$configured"
say "configured"
