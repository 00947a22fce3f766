#!/bin/bash
# Starts the processes of the service web.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/web.configured # exists if the last run succeeded

rm -f "$configured"

say "starting the processes"
systemctl enable --quiet --now --no-block parcel-web.service parcel-web.schedule.clean.timer

install -D -m 0644 /dev/null "$configured"
say "configured"
