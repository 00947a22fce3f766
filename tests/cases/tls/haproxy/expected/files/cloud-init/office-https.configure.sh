#!/bin/bash
# Configures HAProxy, the load balancer of the application.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp office-https: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/office-https
configured=/var/lib/camp/office-https.configured # exists if the last run succeeded

# use FILE PLACE: copies FILE to PLACE. $changed is set if a file is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$configured"
say "configuring HAProxy"
members=$(tr ',' ' ' < "$lib/members")
while IFS= read -r line; do
  printf '%s\n' "$line"
  case $line in
    '  # members on '*)
      for address in $members; do
        echo "  server $address $address:${line##* }"
      done
      ;;
  esac
done < "$lib/haproxy.cfg" > "$lib/whole.cfg"
/usr/local/lib/camp/camp-certificate install
haproxy -c -q -f "$lib/whole.cfg"
use "$lib/whole.cfg" /etc/haproxy/haproxy.cfg
if [ "$changed" ]; then
  systemctl daemon-reload
  systemctl restart haproxy.service
  changed=
fi

install -D -m 0644 /dev/null "$configured"
say "configured"
