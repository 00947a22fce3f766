#!/bin/bash
# Starts RabbitMQ with the user and the virtual hosts of the application. At each start, RabbitMQ imports them from a
# file that only it can read: other users can read command lines and environments. There is no user guest then.
set -euo pipefail

umask 077
# In JSON, quotes and backslashes need a backslash
password=$(sed 's/[\\"]/\\&/g' /run/secrets/password)
hosts=
permissions=
for name in $CAMP_DATABASES; do
  hosts+="${hosts:+, }{\"name\": \"$name\"}"
  permissions+="${permissions:+, }{\"user\": \"$CAMP_USER\", \"vhost\": \"$name\", \"configure\": \".*\", \"write\": \".*\", \"read\": \".*\"}"
done
cat > /etc/rabbitmq/camp.json << JSON
{
  "users": [{"name": "$CAMP_USER", "password": "$password", "tags": ""}],
  "vhosts": [$hosts],
  "permissions": [$permissions]
}
JSON
if [ "$(id -u)" = 0 ]; then
  chown rabbitmq /etc/rabbitmq/camp.json
fi
umask 022
exec docker-entrypoint.sh rabbitmq-server "$@"
