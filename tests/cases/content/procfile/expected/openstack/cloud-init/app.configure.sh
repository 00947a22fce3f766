#!/bin/bash
# Starts the processes of the service app.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp app: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/app.configured # exists if the last run succeeded

rm -f "$configured"

say "starting the processes"
systemctl enable --quiet --now --no-block procfile-app.log_mover.service procfile-app.service procfile-app.worker.service

install -D -m 0644 /dev/null "$configured"
say "configured"
