#!/bin/bash
# Configures Apache with PHP, and starts the processes of the service web.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/web
configured=/var/lib/camp/web.configured # exists if the last run succeeded

# use FILE PLACE: copies FILE to PLACE. $changed is set if a file is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$configured"
say "mounting the volumes"
systemctl start camp-volume-pictures.service
chgrp camp-data-web /srv/pictures
chmod 2775 /srv/pictures
say "configuring Apache"
printf 'upload_max_filesize = %sM\npost_max_size = %sM\n' 12 13 > /etc/php/8.2/apache2/conf.d/99-camp.ini
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

say "starting the process"
systemctl enable --quiet --now --no-block recipes-recipes.schedule.sweep.timer

install -D -m 0644 /dev/null "$configured"
say "configured"
