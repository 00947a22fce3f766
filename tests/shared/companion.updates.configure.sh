#!/bin/bash
# Turns on updates.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp companion.updates: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/companion.updates.configured # exists if the last run succeeded

rm -f "$configured"
apt-config dump > /dev/null # stops if apt cannot read its settings
systemctl unmask --quiet apt-daily.timer apt-daily-upgrade.timer # an image can have turned them off
systemctl enable --quiet --now apt-daily.timer apt-daily-upgrade.timer

install -D -m 0644 /dev/null "$configured"
say "configured"
