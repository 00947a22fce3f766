#!/bin/bash
# A machine with its operating system and nothing else.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp south: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

ready=/var/lib/camp/south.installed # there when the last run succeeded

rm -f "$ready"

install -D -m 0644 /dev/null "$ready"
say "done"
