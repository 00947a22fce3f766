#!/bin/bash
# Starts the processes of the service worker.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp worker: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/worker.configured # exists if the last run succeeded

rm -f "$configured"
say "mounting the volumes"
systemctl start camp-volume-spool.service
owner=$(stat --format %u /srv/spool)
if [ "$owner" != 0 ] && [ "$owner" != "$(id --user camp-worker)" ]; then
  chown --recursive --from="$owner" camp-worker: /srv/spool # the user had another id on an earlier instance
fi
chown camp-worker: /srv/spool

say "starting the process"
systemctl enable --quiet --now --no-block elastic-worker.worker.service

install -D -m 0644 /dev/null "$configured"
say "configured"
