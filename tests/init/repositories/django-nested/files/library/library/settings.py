import os

SECRET_KEY = os.environ["SECRET_KEY"]
INSTALLED_APPS = ["books"]
ROOT_URLCONF = "library.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "NAME": os.environ.get("DB_NAME", "library")}}
STATIC_URL = "/static/"
