#!/bin/bash
# Configures Redis with its data on disk and its password.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp cache: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/cache
data=/srv/data/redis
password=/etc/parcel/cache.password
configured=/var/lib/camp/cache.configured # exists if the last run succeeded

# use FILE PLACE: copies FILE to PLACE. $changed is set if a file is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$configured"
install -d -m 0750 -o redis -g redis "$data"

say "configuring Redis"
umask 027
chown redis: /etc/parcel/cache.key
# In the configuration, quotes and backslashes need a backslash
sed 's/[\\"]/\\&/g; s/.*/requirepass "&"/' "$password" > "$lib/password.conf"
use "$lib/camp.conf" /etc/redis/camp.conf
if ! cmp -s "$lib/password.conf" /etc/redis/camp-password.conf; then
  install -m 0640 -o redis -g redis "$lib/password.conf" /etc/redis/camp-password.conf
  changed=yes
fi
use "$lib/unit.conf" /etc/systemd/system/redis-server.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  systemctl restart redis-server.service
  changed=
fi

install -D -m 0644 /dev/null "$configured"
say "configured"
