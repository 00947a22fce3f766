#!/bin/bash
# Starts HAProxy again if it does not yet serve its metrics.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp companion.metrics.desk-balancer: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/companion.metrics.desk-balancer.configured # exists if the last run succeeded

rm -f "$configured"
if ! (exec 3<> /dev/tcp/127.0.0.1/8405) 2> /dev/null; then
  systemctl daemon-reload
  systemctl restart haproxy.service
fi

install -D -m 0644 /dev/null "$configured"
say "configured"
