#!/bin/bash
# Starts the processes of the service shard.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp shard: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/shard.configured # exists if the last run succeeded

rm -f "$configured"
say "mounting the volumes"
systemctl start camp-volume-part.service
owner=$(stat --format %u /srv/part)
if [ "$owner" != 0 ] && [ "$owner" != "$(id --user camp-shard)" ]; then
  chown --recursive --from="$owner" camp-shard: /srv/part # the user had another id on an earlier instance
fi
chown camp-shard: /srv/part

say "starting the process"
systemctl enable --quiet --now --no-block sharded-shard.service

install -D -m 0644 /dev/null "$configured"
say "configured"
