#!/bin/bash
# Starts the exporter for the metrics of nginx.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp companion.metrics.pages: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/companion.metrics.pages.configured # exists if the last run succeeded

rm -f "$configured"
if ! (exec 3<> /dev/tcp/127.0.0.1/9114) 2> /dev/null; then
  systemctl reload-or-restart nginx.service
fi
systemctl unmask --quiet prometheus-nginx-exporter.service # an image can have turned it off
systemctl enable --quiet --now prometheus-nginx-exporter.service

install -D -m 0644 /dev/null "$configured"
say "configured"
