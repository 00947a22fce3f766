#!/bin/bash
# wait-for HOST PORT SECONDS: until somebody listens there; wait-for FILE SECONDS: until it is there.
# Exit 1 when the time is up.
set -euo pipefail
there() { [ -e "$1" ]; }
if [ $# = 3 ]; then
  there() { (exec 3<> "/dev/tcp/$1/$2") 2> /dev/null; }
fi
seconds=${!#}
end=$((SECONDS + seconds))
until there "$@"; do
  if [ "$SECONDS" -ge "$end" ]; then
    echo "no answer from ${*:1:$#-1} in $seconds s" >&2
    exit 1
  fi
  sleep 1
done
