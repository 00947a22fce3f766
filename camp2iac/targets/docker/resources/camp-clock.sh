#!/bin/bash
# camp-clock NAME ZONE MINUTES HOURS DAYS MONTHS WEEKDAYS DAY OVERLAP DEADLINE COMMAND: runs COMMAND at the times of a
# schedule. The times are lists of numbers with commas, or *. DAY is "either" if a day of the month or of the week is enough,
# and OVERLAP "skip" if a run is left out while the one before has not ended. DEADLINE: in seconds, 0 for none.
set -u
name=$1 zone=$2 minutes=$3 hours=$4 days=$5 months=$6 weekdays=$7 day=$8 overlap=$9 deadline=${10} command=${11}
say() { echo "camp: $name: $*"; }
has() { [ "$1" = "*" ] || [[ ",$1," == *",$2,"* ]]; }

due() { # MINUTE HOUR DAY MONTH WEEKDAY
  has "$minutes" "$1" && has "$hours" "$2" && has "$months" "$4" || return 1
  if [ "$day" = either ]; then
    has "$days" "$3" || has "$weekdays" "$5"
  else
    has "$days" "$3" && has "$weekdays" "$5"
  fi
}

run() {
  local status=0
  say "begins"
  timeout --kill-after=10 "$deadline" sh -c "$command" || status=$?
  if [ "$status" = 124 ]; then say "was stopped after $deadline seconds"; else say "ended with exit code $status"; fi
}

if [ "$zone" != UTC ] && [ ! -e "/usr/share/zoneinfo/$zone" ]; then
  say "this image does not know the time zone $zone: install tzdata in it"
  exit 1
fi
trap 'kill $(jobs -p) 2> /dev/null; exit 0' TERM INT
last=
while :; do
  sleep $((60 - 10#$(date +%S))) &
  wait $!
  read -r minute hour today month weekday <<< "$(TZ=$zone date '+%-M %-H %-d %-m %w')"
  due "$minute" "$hour" "$today" "$month" "$weekday" || continue
  if [ "$overlap" = skip ] && [ -n "$last" ] && kill -0 "$last" 2> /dev/null; then
    say "is left out: the run before has not ended"
    continue
  fi
  run &
  last=$!
done
