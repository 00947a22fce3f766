#!/bin/bash
# Configures nginx, which serves the pages of the service pages.
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
say "configuring nginx"
use "$lib/site.conf" /etc/nginx/sites-available/camp
ln -sfn ../sites-available/camp /etc/nginx/sites-enabled/camp
nginx -q -t
use "$lib/unit.conf" /etc/systemd/system/nginx.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  say "starting the server"
  systemctl restart --no-block nginx.service # it may wait for other services
  changed=
fi

install -D -m 0644 /dev/null "$configured"
say "configured"
