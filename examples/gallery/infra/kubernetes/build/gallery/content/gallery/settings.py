"""Reads SECRET_KEY, DATABASE_URL, MEDIA_ROOT, SERVE_MEDIA, CURATOR and the variables of the mail server, MAIL_*.

Without them, `manage.py runserver` works with SQLite, and mails are printed.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ.get("SECRET_KEY", "for development and for collectstatic")
ALLOWED_HOSTS = ["*"]  # the load balancer decides what comes here
INSTALLED_APPS = ["django.contrib.staticfiles", "photos"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # static files, where no nginx serves them
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "gallery.urls"
WSGI_APPLICATION = "gallery.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
USE_TZ = True

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "gallery.sqlite3"}}
if "DATABASE_URL" in os.environ:
    url = urlsplit(os.environ["DATABASE_URL"])
    DATABASES["default"] = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": url.hostname,
        "PORT": url.port or 5432,
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL, STATIC_ROOT = "/static/", BASE_DIR / "static"
MEDIA_URL, MEDIA_ROOT = "/media/", os.environ.get("MEDIA_ROOT", BASE_DIR / "media")
SERVE_MEDIA = os.environ.get("SERVE_MEDIA", "yes") == "yes"  # "no": a web server does it

CURATOR = os.environ.get("CURATOR", "curator@example.org")
DEFAULT_FROM_EMAIL = "gallery@example.org"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if "MAIL_HOST" in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = os.environ["MAIL_HOST"], int(os.environ["MAIL_PORT"])
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = os.environ["MAIL_USER"], os.environ["MAIL_PASSWORD"]
    EMAIL_USE_TLS = True
    EMAIL_TIMEOUT = 10
