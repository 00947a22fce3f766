import os

import pika


def main():
    pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"]))


if __name__ == "__main__":
    main()
