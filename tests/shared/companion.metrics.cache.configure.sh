#!/bin/bash
# Creates a user of Redis that can read its statistics only, and starts its exporter.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp companion.metrics.cache: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/companion.metrics.cache
configured=/var/lib/camp/companion.metrics.cache.configured # exists if the last run succeeded

rm -f "$configured"
"$lib/user"
systemctl unmask --quiet prometheus-redis-exporter.service # an image can have turned it off
systemctl enable --quiet --now prometheus-redis-exporter.service
if ! cmp -s "$lib/exporter.env" "$lib/exporter.used"; then # it started before its user was there
  systemctl restart prometheus-redis-exporter.service
  install -m 0600 "$lib/exporter.env" "$lib/exporter.used"
fi

install -D -m 0644 /dev/null "$configured"
say "configured"
