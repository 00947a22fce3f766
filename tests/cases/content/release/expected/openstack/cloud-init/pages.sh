#!/bin/bash
# nginx, and the pages of the service pages.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp pages: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/pages
ready=/var/lib/camp/pages.installed # there when the last run succeeded

# use FILE PLACE: puts it there; $changed says whether anything is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$ready"
/usr/local/lib/camp/release pages
version=$(nginx -v 2>&1 | sed 's|.*/\([0-9]*\.[0-9]*\).*|\1|')
say "nginx $version"
use "$lib/site.conf" /etc/nginx/sites-available/camp
ln -sfn ../sites-available/camp /etc/nginx/sites-enabled/camp
rm -f /etc/nginx/sites-enabled/default
nginx -q -t
use "$lib/unit.conf" /etc/systemd/system/nginx.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  say "starting the server; systemd lets it wait for what it needs"
  systemctl restart --no-block nginx.service
  changed=
fi
systemctl enable --quiet --now camp-release@pages.timer

install -D -m 0644 /dev/null "$ready"
say "done"
