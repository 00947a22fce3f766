"""A message goes through a queue from another instance. An unread message survives a reboot."""

import shlex

from roots.fleet import Fleet

# in the worker's own environment: what it was told, and the client that it asked for
ASK = "set -a; . /etc/rabbitmq-sample/worker.env; /opt/rabbitmq-sample/worker.venv/bin/python -c "
SEND = """
import os, pika
channel = pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"])).channel()
kept = channel.queue_declare("kept", durable=True).method.message_count
if not kept:
    channel.basic_publish("", "kept", "still here", pika.BasicProperties(delivery_mode=2))
channel.queue_declare("passing")
channel.basic_publish("", "passing", "it's here")
print(next(channel.consume("passing"))[2].decode())
channel.queue_delete("passing")
"""


def use(fleet: Fleet) -> str:
    assert fleet.sh("machine", ASK + shlex.quote(SEND)) == "it's here\n"
    return fleet.sh("jobs", "rabbitmqctl -q --no-table-headers list_queues -p rabbitmq-sample name messages")
