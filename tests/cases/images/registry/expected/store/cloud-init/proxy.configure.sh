#!/bin/bash
# Starts the processes of the service proxy.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp proxy: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/proxy.configured # exists if the last run succeeded

rm -f "$configured"
/usr/local/lib/camp/release proxy

say "starting the process"
systemctl enable --quiet --now --no-block shop-proxy.service
systemctl enable --quiet --now camp-release@proxy.timer

install -D -m 0644 /dev/null "$configured"
say "configured"
