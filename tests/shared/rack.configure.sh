#!/bin/bash
# Starts the processes of the service rack.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp rack: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/rack.configured # exists if the last run succeeded

rm -f "$configured"

say "starting the process"
systemctl enable --quiet --now --no-block folders-rack.service

install -D -m 0644 /dev/null "$configured"
say "configured"
