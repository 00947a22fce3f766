#!/bin/bash
# HAProxy, before the machines that answer.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp web-balancer: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/web-balancer
ready=/var/lib/camp/web-balancer.installed # there when the last run succeeded

# use FILE PLACE: puts it there; $changed says whether anything is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$ready"
version=$(haproxy -v | sed -n 's/^HAProxy version \([0-9]*\.[0-9]*\).*/\1/p')

say "configuring HAProxy $version"
members=$(tr ',' ' ' < "$lib/members")
while IFS= read -r line; do
  printf '%s\n' "$line"
  case $line in
    '  # members at '*)
      for address in $members; do
        echo "  server $address $address:${line##* }"
      done
      ;;
  esac
done < "$lib/haproxy.cfg" > "$lib/whole.cfg"
haproxy -c -q -f "$lib/whole.cfg"
use "$lib/whole.cfg" /etc/haproxy/haproxy.cfg
if [ "$changed" ]; then
  systemctl daemon-reload
  systemctl restart haproxy.service
  changed=
fi

install -D -m 0644 /dev/null "$ready"
say "done"
