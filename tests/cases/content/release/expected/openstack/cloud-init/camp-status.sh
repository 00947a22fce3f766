#!/bin/bash
# Does this machine do what the plan asks for? One line; exit status 0: yes, 1: no.
# /etc/camp/status has a line for each thing to ask: `installed NAME`, `running UNIT`, `listening ADDRESS/PORT`,
# `released NAME` for what comes as releases.
set -euo pipefail
releases=/var/lib/camp/release # NAME.failed there: one that was taken back, or not made ready
missing=()
while read -r what name; do
  case $what in
    installed) [ -e "/var/lib/camp/$name.installed" ] || missing+=("$name is not installed") ;;
    listening) (exec 3<> "/dev/tcp/$name") 2> /dev/null || missing+=("nothing listens at $name") ;;
    released) [ ! -e "$releases/$name.failed" ] || missing+=("$(sed -n 2p "$releases/$name.failed")") ;;
    running) systemctl --quiet is-active "$name" || missing+=("$name does not run") ;;
  esac
done < /etc/camp/status

if [ ${#missing[@]} = 0 ]; then
  echo "$(hostname): ready"
else
  printf -v reasons '%s, ' "${missing[@]}"
  echo "$(hostname): NOT READY: ${reasons%, }; see /var/log/cloud-init-output.log and journalctl"
  exit 1
fi
