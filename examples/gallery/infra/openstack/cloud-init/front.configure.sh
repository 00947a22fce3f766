#!/bin/bash
# Configures nginx, which serves the pages of the service front.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp front: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/front
member_port=8000
configured=/var/lib/camp/front.configured # exists if the last run succeeded

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
{
  echo "upstream members {"
  tr ',' '\n' < "$lib/members" | while read -r address; do
    [ -z "$address" ] || echo "  server $address:$member_port max_fails=3 fail_timeout=10s;"
  done
  echo "  keepalive 16;"
  echo "}"
  cat "$lib/site.conf"
} > "$lib/whole.conf"
use "$lib/whole.conf" /etc/nginx/sites-available/camp
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
