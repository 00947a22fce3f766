import os

import dj_database_url

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "*").split(",")
DATABASES = {"default": dj_database_url.config(env="DATABASE_URL")}
CELERY_BROKER_URL = os.environ["REDIS_URL"]
STATIC_ROOT = "static"
