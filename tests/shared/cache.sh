#!/bin/bash
# Redis with its data kept on disk and its password.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp cache: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/cache
data=/srv/data/redis
ready=/var/lib/camp/cache.installed # there when the last run succeeded

# use FILE PLACE: puts it there; $changed says whether anything is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$ready"
version=$(redis-server --version | sed 's/.*v=\([0-9]*\.[0-9]*\).*/\1/')
install -d -m 0750 -o redis -g redis "$data"

say "configuring Redis $version"
umask 027
: > "$lib/password.conf"
use "$lib/camp.conf" /etc/redis/camp.conf
use "$lib/password.conf" /etc/redis/camp-password.conf
chown redis:redis /etc/redis/camp-password.conf
chmod 0640 /etc/redis/camp-password.conf
use "$lib/unit.conf" /etc/systemd/system/redis-server.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  systemctl restart redis-server.service
  changed=
fi

install -D -m 0644 /dev/null "$ready"
say "done"
