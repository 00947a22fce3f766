#!/bin/bash
# Starts the processes of the service depot.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp depot: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/depot.configured # exists if the last run succeeded

rm -f "$configured"

say "starting the processes"
systemctl enable --quiet --now --no-block built-depot.service built-depot.worker.service

install -D -m 0644 /dev/null "$configured"
say "configured"
