from pathlib import Path
from secrets import token_urlsafe

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = token_urlsafe()  # nothing is signed here; else it is a secret of the plan
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles", "greetings"]
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]
ROOT_URLCONF = "hello.urls"
DATABASES = {"default": dj_database_url.config()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "collected"
USE_TZ = True
