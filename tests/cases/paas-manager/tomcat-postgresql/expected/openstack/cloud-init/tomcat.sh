#!/bin/bash
# Tomcat, and the web archives of the service tomcat.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp tomcat: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/tomcat
conf=/etc/tomcat10
base=/var/lib/tomcat10
ready=/var/lib/camp/tomcat.installed # there when the last run succeeded

# use FILE PLACE: puts it there; $changed says whether anything is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$ready"
say "checking the content that was sent"
(cd /opt/tomcat-and-postgresql && sha256sum --check --strict --quiet /opt/tomcat-and-postgresql/letters.war.sha256)
version=$(dpkg-query --show --showformat '${Version}' tomcat10 | sed 's/^[0-9]*://; s/\..*//')
say "Tomcat $version"

say "deploying the web archives"
for driver in /usr/share/java/postgresql.jar /usr/share/java/mariadb-java-client.jar; do
  if [ -e "$driver" ]; then
    ln -sfn "$driver" "/usr/share/tomcat10/lib/${driver##*/}"
  fi
done
use "$lib/server.xml" "$conf/server.xml"
rm -rf "$base/webapps/ROOT" # the package's own page
use "$lib/letters.xml" "$conf/Catalina/localhost/letters.xml"
use "$lib/unit.conf" /etc/systemd/system/tomcat10.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  say "starting the server; systemd lets it wait for what it needs"
  systemctl restart --no-block tomcat10.service
  changed=
fi

install -D -m 0644 /dev/null "$ready"
say "done"
