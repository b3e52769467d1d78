"""A small Django site for the tests. HEARTH_URL names the Hearth that they use."""

import os

SECRET_KEY = "for tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.site"
USE_TZ = True
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hearth.django.middleware.PresenceMiddleware",
    "hearth.django.middleware.ViewsMiddleware",
]
HEARTH = {"URL": os.environ["HEARTH_URL"], "TIMEOUT": 10.0}
SESSION_ENGINE = "hearth.django.sessions"
CACHES = {
    "default": {"BACKEND": "hearth.django.cache.HearthCache", "LOCATION": os.environ["HEARTH_URL"], "OPTIONS": {"RAISE": True}},
    "v2": {"BACKEND": "hearth.django.cache.HearthCache", "LOCATION": os.environ["HEARTH_URL"], "VERSION": 2},
    "away": {"BACKEND": "hearth.django.cache.HearthCache", "LOCATION": "http://127.0.0.1:9"},
}
