#!/bin/bash
# Installs the application of the service web.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

ready=/var/lib/camp/web.installed # there when the last run succeeded

rm -f "$ready"
/usr/local/lib/camp/release web

version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
say "Python $version"

say "starting the processes; systemd lets them wait for what they need"
systemctl enable --quiet --now --no-block notes-web.service notes-web.worker.service
systemctl enable --quiet --now camp-release@web.timer

install -D -m 0644 /dev/null "$ready"
say "done"
