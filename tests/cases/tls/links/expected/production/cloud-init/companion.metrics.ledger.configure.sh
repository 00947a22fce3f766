#!/bin/bash
# Creates a user of MariaDB that can read its statistics only, and starts its exporter.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp companion.metrics.ledger: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

configured=/var/lib/camp/companion.metrics.ledger.configured # exists if the last run succeeded

rm -f "$configured"
mariadb --batch << 'SQL'
create user if not exists prometheus@localhost identified via unix_socket with max_user_connections 3;
grant process, binlog monitor, slave monitor on *.* to prometheus@localhost;
SQL
systemctl unmask --quiet prometheus-mysqld-exporter.service # an image can have turned it off
systemctl enable --quiet --now prometheus-mysqld-exporter.service

install -D -m 0644 /dev/null "$configured"
say "configured"
