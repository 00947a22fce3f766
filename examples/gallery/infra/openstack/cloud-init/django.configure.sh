#!/bin/bash
# Starts the processes of the service django.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp django: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/django.configured # exists if the last run succeeded

rm -f "$configured"
say "mounting the volumes"
systemctl start camp-volume-media.service
owner=$(stat --format %u /srv/media)
if [ "$owner" != 0 ] && [ "$owner" != "$(id --user camp-gallery)" ]; then
  chown --recursive --from="$owner" camp-gallery: /srv/media # the user had another id on an earlier instance
fi
chown camp-gallery: /srv/media
say "collecting the static files of gallery"
# The settings can need the environment variables of the application.
environment=/etc/gallery/gallery.env /usr/local/lib/camp/build /opt/gallery/gallery -- \
  /opt/gallery/gallery.venv/bin/python manage.py collectstatic --noinput --verbosity=0

say "starting the process"
systemctl enable --quiet --now --no-block gallery-gallery.service

install -D -m 0644 /dev/null "$configured"
say "configured"
