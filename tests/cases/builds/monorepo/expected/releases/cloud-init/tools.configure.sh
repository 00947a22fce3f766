#!/bin/bash
# Starts the processes of the service tools.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp tools: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/tools.configured # exists if the last run succeeded

rm -f "$configured"
/usr/local/lib/camp/release tools

say "starting the process"
systemctl enable --quiet --now --no-block greetings-tools.worker.service
systemctl enable --quiet --now camp-release@tools.timer

install -D -m 0644 /dev/null "$configured"
say "configured"
