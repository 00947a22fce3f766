import os

from flask import Flask
from redis import Redis


def create_app(config=None):
    app = Flask(__name__)
    app.store = Redis.from_url(os.environ["REDIS_URL"])
    return app
