#!/bin/bash
# Starts the processes of the service gallery.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp gallery: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/gallery.configured # exists if the last run succeeded

rm -f "$configured"
say "mounting the volumes"
systemctl start camp-volume-media.service
owner=$(stat --format %u /srv/media)
if [ "$owner" != 0 ] && [ "$owner" != "$(id --user camp-gallery)" ]; then
  chown --recursive --from="$owner" camp-gallery: /srv/media # the user had another id on an earlier instance
fi
chown camp-gallery: /srv/media

say "starting the process"
systemctl enable --quiet --now --no-block web-servers-gallery.service

install -D -m 0644 /dev/null "$configured"
say "configured"
