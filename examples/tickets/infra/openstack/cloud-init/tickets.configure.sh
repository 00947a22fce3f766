#!/bin/bash
# Starts the processes of the service tickets.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp tickets: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/tickets.configured # exists if the last run succeeded

rm -f "$configured"

say "starting the processes"
systemctl enable --quiet --now --no-block tickets-tickets.service tickets-tickets.schedule.archive.timer

install -D -m 0644 /dev/null "$configured"
say "configured"
