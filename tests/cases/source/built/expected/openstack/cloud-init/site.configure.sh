#!/bin/bash
# Configures Tomcat, which runs the web archives of the service site.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp site: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/site
conf=/etc/tomcat10
configured=/var/lib/camp/site.configured # exists if the last run succeeded

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
use "$lib/site.xml" "$conf/Catalina/localhost/pages.xml"
use "$lib/unit.conf" /etc/systemd/system/tomcat10.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  say "starting the server"
  systemctl restart --no-block tomcat10.service # it may wait for other services
  changed=
fi

install -D -m 0644 /dev/null "$configured"
say "configured"
