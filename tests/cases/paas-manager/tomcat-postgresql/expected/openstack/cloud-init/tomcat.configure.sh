#!/bin/bash
# Configures Tomcat, which runs the web archives of the service tomcat.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp tomcat: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/tomcat
conf=/etc/tomcat10
configured=/var/lib/camp/tomcat.configured # exists if the last run succeeded

# use FILE PLACE: copies FILE to PLACE. $changed is set if a file is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$configured"
say "configuring Tomcat"
use "$lib/server.xml" "$conf/server.xml"
use "$lib/letters.xml" "$conf/Catalina/localhost/letters.xml"
use "$lib/unit.conf" /etc/systemd/system/tomcat10.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  say "starting the server"
  systemctl restart --no-block tomcat10.service # it may wait for other services
  changed=
fi

install -D -m 0644 /dev/null "$configured"
say "configured"
