#!/bin/bash
# Prints whether this instance is ready, on one line. Exit status 1: it is not, and the line says what failed and where
# its log is. camp-status --wait SECONDS: waits until it is ready or a failure is final, no longer than that.
# /etc/camp/status has a line for each check: `installed NAME`, `configured NAME`, `running UNIT`,
# `listening ADDRESS/PORT`, and `released NAME` for components that come as releases.
set -euo pipefail
log=/var/log/cloud-init-output.log
steady=10                      # seconds that a process must run: one that fails soon also runs at first
releases=/var/lib/camp/release # NAME.failed there: a release that failed
runs=/var/lib/camp/once # NAME.failed there: the last run of a schedule that failed # schedules
property() { systemctl show --property "$2" --value "$1" | sed -n 1p; }

not_done() { # NAME WHAT: the error of its script. The scripts after it did not run
  local said
  if [ "$stopped" ]; then return; fi
  said=$(grep -a "^camp $1: FAILED" "$log" 2> /dev/null | tail -n 1) || said=$(grep -a "^E: " "$log" 2> /dev/null | tail -n 1) || true
  said=${said#"camp $1: "}
  missing+=("$1 is not $2${said:+: ${said:0:200}} (see $log)")
  final=1 stopped=1
}

running() { # UNIT
  local since up again
  again=$(property "$1" NRestarts)
  if [ "${again:-0}" = 0 ]; then again=; else again=", restarted $again times"; fi
  if systemctl --quiet is-active "$1"; then
    since=$(property "$1" ActiveEnterTimestampMonotonic)
    read -r up _ < /proc/uptime
    if [ $((${up%.*} - since / 1000000)) -ge "$steady" ]; then return; fi
    missing+=("$1 has run for less than $steady s$again (see journalctl -u $1)")
  elif systemctl --quiet is-failed "$1"; then
    missing+=("$1 has failed (see journalctl -u $1)")
    final=1
  else
    missing+=("$1 is not running: $(property "$1" ActiveState)$again (see journalctl -u $1)")
  fi
}

ask() {
  missing=() final='' stopped=''
  while read -r what name; do
    case $what in
      installed | configured) [ -e "/var/lib/camp/$name.$what" ] || not_done "$name" "$what" ;;
      listening) (exec 3<> "/dev/tcp/$name") 2> /dev/null || missing+=("nothing listens on $name") ;;
      running) running "$name" ;;
      scheduled) [ ! -e "$runs/$name.failed" ] || missing+=("$(sed -n 2p "$runs/$name.failed")") ;; # schedules
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
