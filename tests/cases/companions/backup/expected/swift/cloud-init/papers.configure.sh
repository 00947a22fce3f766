#!/bin/bash
# Starts the processes of the service papers.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp papers: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/papers.configured # exists if the last run succeeded

rm -f "$configured"
say "mounting the volumes"
systemctl start camp-volume-papers.service
/usr/local/bin/camp-backup fill folder /srv/scanned-papers
owner=$(stat --format %u /srv/scanned-papers)
if [ "$owner" != 0 ] && [ "$owner" != "$(id --user camp-papers)" ]; then
  chown --recursive --from="$owner" camp-papers: /srv/scanned-papers # the user had another id on an earlier instance
fi
chown camp-papers: /srv/scanned-papers

say "starting the process"
systemctl enable --quiet --now --no-block ledger-papers.service

install -D -m 0644 /dev/null "$configured"
say "configured"
