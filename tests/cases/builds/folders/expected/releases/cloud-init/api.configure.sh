#!/bin/bash
# Starts the processes of the service api.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp api: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/api.configured # exists if the last run succeeded

rm -f "$configured"
/usr/local/lib/camp/release api

say "starting the process"
systemctl enable --quiet --now --no-block folders-api.service
systemctl enable --quiet --now camp-release@api.timer

install -D -m 0644 /dev/null "$configured"
say "configured"
