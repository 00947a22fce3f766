#!/bin/bash
# Starts the processes of the service web-background.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp web-background: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/web-background.configured # exists if the last run succeeded

rm -f "$configured"
say "mounting the volumes"
systemctl start camp-volume-drafts.service
owner=$(stat --format %u /srv/drafts)
if [ "$owner" != 0 ] && [ "$owner" != "$(id --user camp-web-background)" ]; then
  chown --recursive --from="$owner" camp-web-background: /srv/drafts # the user had another id on an earlier instance
fi
chown camp-web-background: /srv/drafts

say "starting the process"
systemctl enable --quiet --now --no-block letters-web-background.worker.service

install -D -m 0644 /dev/null "$configured"
say "configured"
