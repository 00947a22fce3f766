#!/bin/bash
# Starts the processes of the service office.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp office: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/office.configured # exists if the last run succeeded

rm -f "$configured"
say "mounting the volumes"
systemctl start camp-volume-letters.service
owner=$(stat --format %u /srv/letters)
if [ "$owner" != 0 ] && [ "$owner" != "$(id --user camp-office)" ]; then
  chown --recursive --from="$owner" camp-office: /srv/letters # the user had another id on an earlier instance
fi
chown camp-office: /srv/letters

say "starting the process"
systemctl enable --quiet --now --no-block harbour-office.service

install -D -m 0644 /dev/null "$configured"
say "configured"
