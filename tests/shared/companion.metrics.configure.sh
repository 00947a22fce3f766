#!/bin/bash
# Starts the exporter for the metrics of this instance.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp companion.metrics: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/companion.metrics.configured # exists if the last run succeeded

rm -f "$configured"
systemctl unmask --quiet prometheus-node-exporter.service # an image can have turned it off
systemctl enable --quiet --now prometheus-node-exporter.service

install -D -m 0644 /dev/null "$configured"
say "configured"
