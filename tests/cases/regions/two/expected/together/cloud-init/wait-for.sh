#!/bin/bash
# wait-for HOST PORT SECONDS: waits until the port is open. wait-for FILE SECONDS: waits until the file exists.
# Exits with 1 after that time.
set -euo pipefail
there() { [ -e "$1" ]; }
if [ $# = 3 ]; then
  there() { (exec 3<> "/dev/tcp/$1/$2") 2> /dev/null; }
fi
seconds=${!#}
end=$((SECONDS + seconds))
until there "$@"; do
  if [ "$SECONDS" -ge "$end" ]; then
    echo "no response from ${*:1:$#-1} within $seconds s" >&2
    exit 1
  fi
  sleep 1
done
