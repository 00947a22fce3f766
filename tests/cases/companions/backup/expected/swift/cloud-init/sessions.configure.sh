#!/bin/bash
# Configures Redis with its data on the volume and its password.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp sessions: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/sessions
data=/srv/data/redis
password=/etc/ledger/sessions.password
configured=/var/lib/camp/sessions.configured # exists if the last run succeeded

# use FILE PLACE: copies FILE to PLACE. $changed is set if a file is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$configured"
systemctl start camp-volume-data.service
before=$(stat --format %u "$data" 2> /dev/null || id --user redis)
if [ "$before" != "$(id --user redis)" ]; then
  say "giving the data to redis, which had another id on an earlier instance"
  chown --recursive --from="$before" redis:redis "$data"
fi
if [ ! -e "$data" ]; then
  mkdir -p "$(dirname "$data")"
  touch "$data.new-data"
fi
install -d -m 0750 -o redis -g redis "$data"
if [ -e "$data.new-data" ]; then
  /usr/local/bin/camp-backup fill service sessions
  rm "$data.new-data"
fi

say "configuring Redis"
umask 027
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
