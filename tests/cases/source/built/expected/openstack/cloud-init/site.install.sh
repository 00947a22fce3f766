#!/bin/bash
# Installs the web archives of the service site.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp site: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/site.installed # contains the digest of the version
digest=$(cat "$0" /opt/built/site.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/built/site && sha256sum --check --strict --quiet /opt/built/site.sha256)
version=$(dpkg-query --show --showformat '${Version}' tomcat10 | sed 's/^[0-9]*://; s/\..*//')
say "Tomcat $version"
say "building site"
/usr/local/lib/camp/build /opt/built/site -- /usr/local/lib/camp/java-project maven war
ln -sfn "/opt/built/site/$(cat /opt/built/site/.camp-result)" /opt/built/site.war
for driver in /usr/share/java/postgresql.jar /usr/share/java/mariadb-java-client.jar; do
  if [ -e "$driver" ]; then
    ln -sfn "$driver" "/usr/share/tomcat10/lib/${driver##*/}"
  fi
done
rm -rf /var/lib/tomcat10/webapps/ROOT # the package's own page

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
