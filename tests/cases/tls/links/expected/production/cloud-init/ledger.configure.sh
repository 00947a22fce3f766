#!/bin/bash
# Configures MariaDB with its data, and creates its user and database.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp ledger: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/ledger
data=/srv/data/mariadb
user=parcel
port=3306
password=/etc/parcel/ledger.password
configured=/var/lib/camp/ledger.configured # exists if the last run succeeded

# use FILE PLACE: copies FILE to PLACE. $changed is set if a file is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

# The locale does not decide how the client reads files
sql() { mariadb --default-character-set=utf8mb4 --batch --skip-column-names; }

rm -f "$configured"
version=$(mariadbd --version | sed 's/.*Ver \([0-9]*\.[0-9]*\).*/\1/')
say "MariaDB $version, data in $data"

# The package created a server. This script uses its configuration, but not its data.
if [ ! -e "$data/camp2iac.release" ]; then
  say "creating an empty server"
  mkdir -p "$(dirname "$data")"
  rm -rf "$data" "$data.new"
  install -d -m 0700 -o mysql -g mysql "$data.new"
  mariadb-install-db --user=mysql --datadir="$data.new" --auth-root-authentication-method=socket --skip-test-db > /dev/null
  echo "$version" > "$data.new/camp2iac.release"
  mv "$data.new" "$data"
fi
if [ "$(cat "$data/camp2iac.release")" != "$version" ]; then
  say "the data are from MariaDB $(cat "$data/camp2iac.release"): upgrade them, or use the image that created them"
  exit 1
fi
chown mysql: /etc/parcel/ledger.key
use "$lib/90-camp.cnf" /etc/mysql/mariadb.conf.d/90-camp.cnf
use "$lib/unit.conf" /etc/systemd/system/mariadb.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  systemctl restart mariadb.service
  changed=
fi

say "creating the user and the database"
sql << 'SQL'
create database if not exists `parcel`;
SQL
# The password is passed in the environment and on standard input: other users can read command lines
MYSQL_PWD=$(cat "$password")
export MYSQL_PWD
can_log_in() { mariadb --user="$user" --host=127.0.0.1 --port="$port" --protocol=tcp --ssl-ca=/etc/parcel/links.pem --ssl-verify-server-cert --execute='do 0' 2> /dev/null; }
quoted=${MYSQL_PWD//\\/\\\\}
quoted=${quoted//\'/\'\'}
# MariaDB writes 10.0.0.0/24 as 10.0.0.0/255.255.255.0
netmask='import ipaddress, sys; n = ipaddress.ip_network(sys.argv[1]); print(n[0] if n.num_addresses == 1 else n.with_netmask)'
while read -r client; do
  from=$(python3 -c "$netmask" "$client")
  sql << SQL
create user if not exists '$user'@'$from';
grant all on \`parcel\`.* to '$user'@'$from';
SQL
  if ! can_log_in || [ "$from" != 127.0.0.1 ]; then
    echo "alter user '$user'@'$from' identified by '$quoted';" | sql
  fi
done < "$lib/clients"
can_log_in || { say "the user cannot log in"; exit 1; }
unset MYSQL_PWD quoted

say "opening the port"
use "$lib/91-camp-listen.cnf" /etc/mysql/mariadb.conf.d/91-camp-listen.cnf
if [ "$changed" ]; then
  systemctl restart mariadb.service
fi

install -D -m 0644 /dev/null "$configured"
say "configured"
