#!/bin/bash
# Does this machine do what the plan asks for? One line; exit status 0: yes, 1: no, and what failed, and where its log is.
# camp-status --wait SECONDS: not before it does, or something has failed for good, or the time is up.
# /etc/camp/status has a line for each thing to ask: `installed NAME`, `running UNIT`, `listening ADDRESS/PORT`,
# `released NAME` for what comes as releases.
set -euo pipefail
log=/var/log/cloud-init-output.log
steady=10                      # seconds that a process must have run: one that ends soon runs for a moment, too
releases=/var/lib/camp/release # NAME.failed there: one that was taken back, or not made ready
property() { systemctl show --property "$2" --value "$1" | sed -n 1p; }

not_installed() { # NAME: what its script said, or what kept it from being begun
  local said
  said=$(grep -a "^camp $1: FAILED" "$log" 2> /dev/null | tail -n 1) || said=$(grep -a "^E: " "$log" 2> /dev/null | tail -n 1) || true
  said=${said#"camp $1: "}
  missing+=("$1 is not installed${said:+: ${said:0:200}} (see $log)")
  final=1
}

running() { # UNIT
  local since up again
  again=$(property "$1" NRestarts)
  if [ "${again:-0}" = 0 ]; then again=; else again=", started again $again times"; fi
  if systemctl --quiet is-active "$1"; then
    since=$(property "$1" ActiveEnterTimestampMonotonic)
    read -r up _ < /proc/uptime
    if [ $((${up%.*} - since / 1000000)) -ge "$steady" ]; then return; fi
    missing+=("$1 has run for less than $steady s$again (see journalctl -u $1)")
  elif systemctl --quiet is-failed "$1"; then
    missing+=("$1 has failed (see journalctl -u $1)")
    final=1
  else
    missing+=("$1 does not run: $(property "$1" ActiveState)$again (see journalctl -u $1)")
  fi
}

ask() {
  missing=() final=
  while read -r what name; do
    case $what in
      installed) [ -e "/var/lib/camp/$name.installed" ] || not_installed "$name" ;;
      listening) (exec 3<> "/dev/tcp/$name") 2> /dev/null || missing+=("nothing listens at $name") ;;
      running) running "$name" ;;
      released) [ ! -e "$releases/$name.failed" ] || missing+=("$(sed -n 2p "$releases/$name.failed")") ;;
    esac
  done < /etc/camp/status
}

seconds=0
if [ "${1:-}" = --wait ]; then seconds=$2; fi
until ask && [ ${#missing[@]} = 0 ] || [ "$final" ] || [ "$SECONDS" -ge "$seconds" ]; do sleep 1; done

if [ ${#missing[@]} = 0 ]; then
  echo "$(hostname): ready"
else
  printf -v reasons '%s, ' "${missing[@]}"
  echo "$(hostname): NOT READY: ${reasons%, }"
  exit 1
fi
