"""Settings: everything from the environment; refuses to start half-configured.

Without DATABASE_URL the project is in demonstration mode: an embedded PostgreSQL, keys
made on first use, and a local identity provider, all below one state folder.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from portal.environment import (
    BASE_DIR,
    IS_DEMONSTRATION,
    KEY_DIR,
    STATE_DIR,
    minutes,
    setting,
)
from portal.keys import read_optional_secret, read_secret, seal_keys
from portal.languages import names_for_django
from portal.login_settings import identity_provider, require_apart, tenancy
from portal.mail_settings import *  # noqa: F403
from portal.queue_settings import *  # noqa: F403
from portal.watch_settings import *  # noqa: F403

# --- Where we are ---------------------------------------------------------------------

IS_PRODUCTION = os.environ.get("PROVESVAR_ENVIRONMENT", "test") == "production"
HOST = setting("PROVESVAR_HOST", "localhost")
PORT = os.environ.get("PROVESVAR_PORT", "8000" if IS_DEMONSTRATION else "")
SCHEME = "http" if IS_DEMONSTRATION else "https"
# One host name per audience keeps sessions, cookies and CSRF apart (decision 8).
AUDIENCE_HOSTS = {
    "front": HOST,
    "clinician": f"helsepersonell.{HOST}",
    "citizen": f"innbygger.{HOST}",
    "administration": f"forvaltning.{HOST}",
}
# Open to all, and meant for synthetic messages: never in production, where its host is
# not even one of ours (decision 24).
TEST_BENCH_IS_OPEN = not IS_PRODUCTION and (
    os.environ.get("PROVESVAR_TEST_BENCH", "open") == "open"
)
if TEST_BENCH_IS_OPEN:
    AUDIENCE_HOSTS["producer"] = f"produsent.{HOST}"
# Whose X-Forwarded-Proto and -Host are believed: addresses, networks, «unix».
TRUSTED_PROXIES = tuple(setting("PROVESVAR_TRUSTED_PROXIES", " ").split())
ALLOWED_HOSTS = [*AUDIENCE_HOSTS.values()]
if IS_DEMONSTRATION:
    ALLOWED_HOSTS += ["127.0.0.1"]
DEBUG = False

# --- Secrets --------------------------------------------------------------------------

SECRET_KEY = read_secret("PROVESVAR_SECRET_KEY", state_dir=KEY_DIR)
# Encrypts what is stored; finds identity numbers. 32 bytes each, as hexadecimal.
ENCRYPTION_KEY = read_secret("PROVESVAR_ENCRYPTION_KEY", state_dir=KEY_DIR)
LOOKUP_KEY = read_secret("PROVESVAR_LOOKUP_KEY", state_dir=KEY_DIR)
# Documents that came with reports, where a rule says that they are kept.
ATTACHMENT_KEY = read_secret("PROVESVAR_ATTACHMENT_KEY", state_dir=KEY_DIR)

# Signs the access log's seals: 32 bytes as hexadecimal, only where sealing is done.
# Those who verify may know the public half alone, and those of keys used before.
SEAL_KEY = (
    read_secret("PROVESVAR_SEAL_KEY", state_dir=KEY_DIR)
    if IS_DEMONSTRATION
    else read_optional_secret("PROVESVAR_SEAL_KEY")
)
SEAL_PUBLIC_KEYS = seal_keys(
    SEAL_KEY, os.environ.get("PROVESVAR_SEAL_PUBLIC_KEYS", "").split()
)

# --- Applications ---------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "guardian",
    "django_htmx",
    "csp",
    "results",
    "access",
    "portal",
]
if IS_DEMONSTRATION:
    INSTALLED_APPS += ["portal.demo"]

MIDDLEWARE = [
    "portal.incoming.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.SecurityHeadersMiddleware",
    "portal.incoming.NulMiddleware",
    "portal.on_behalf.OnBehalfMiddleware",
    "portal.middleware.AudienceHostMiddleware",
    "portal.middleware.NothingUnloggedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.speaking.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "portal.context_processors.page",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------


def _database() -> dict[str, object]:
    if IS_DEMONSTRATION:
        # Starts the embedded server when the first connection is asked for.
        return {"ENGINE": "portal.postgres.backend", "NAME": "provesvar"}
    return _postgresql(os.environ["DATABASE_URL"])


def _sealer() -> dict[str, object]:
    if IS_DEMONSTRATION:
        is_owner = os.environ.get("PROVESVAR_DATABASE_ROLE") == "owner"
        return {} if is_owner else {"USER": "provesvar_sealer"}
    given = read_optional_secret("PROVESVAR_SEALER_DATABASE_URL")
    return _postgresql(given) if given else {}


def _postgresql(address: str) -> dict[str, object]:
    url = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
    }


# Whoever waits longer than this is better told so, and nobody holds a lock for ever. A
# pooler must let `options` through. The tables' owner has all the time it needs.
_PATIENCE = (
    "-c lock_timeout=10s -c statement_timeout=60s"
    " -c idle_in_transaction_session_timeout=60s"
)
_IS_OWNER = os.environ.get("PROVESVAR_DATABASE_ROLE") == "owner"
_DATABASE = {
    **_database(),
    "CONN_MAX_AGE": 60,
    "OPTIONS": {} if _IS_OWNER else {"options": _PATIENCE},
}
# The same database twice: what a worker is trying must be known also when its
# transaction is lost, so it is written on a connection of its own.
JOURNAL_DATABASE = "journal"
# And once more with the role that may seal the access log, where that is told.
SEALER_DATABASE = "sealer"
DATABASES = {
    "default": _DATABASE,
    JOURNAL_DATABASE: dict(_DATABASE),
    SEALER_DATABASE: {**_DATABASE, **_sealer()},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Login ----------------------------------------------------------------------------

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "access.authentication.HelseIDBackend",
    "access.authentication.IDPortenBackend",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
LOGIN_URL = "accounts:login"
# The local identity provider. Browsers find login.localhost by themselves; our own
# calls go to the loopback address with that name as Host.
LOGIN_PORT = int(os.environ.get("PROVESVAR_LOGIN_PORT", "8001"))
_LOCAL_ISSUER = f"http://login.localhost:{LOGIN_PORT}"


OIDC_PROVIDERS: dict[str, dict[str, Any]] = {
    "helseid": identity_provider(
        "helseid",
        local=_LOCAL_ISSUER,
        state_dir=KEY_DIR,
        scopes=(
            "openid profile offline_access helseid://scopes/identity/pid "
            "helseid://scopes/identity/security_level helseid://scopes/hpr/hpr_number "
            "provesvar:portal"
        ),
        acr_values="Level4",
        uses_dpop=True,
        tenancy=tenancy("PROVESVAR_HELSEID_TENANCY"),
        longest_login_seconds=60 * minutes("PROVESVAR_HELSEID_LONGEST_LOGIN", 480),
    ),
    "idporten": identity_provider(
        "idporten",
        local=_LOCAL_ISSUER,
        state_dir=KEY_DIR,
        scopes="openid profile",
        acr_values="idporten-loa-high",
        uses_dpop=False,
    ),
}
# Machine clients get their tokens from this provider, made out to this audience.
API_PROVIDER = "helseid"
API_AUDIENCE = setting("PROVESVAR_API_AUDIENCE", "provesvar:api")
# What EHR systems' tokens are made out to when they open a patient here.
LAUNCH_AUDIENCE = os.environ.get("PROVESVAR_LAUNCH_AUDIENCE", "nhn:kjernejournal")
# Which attributes their attestations must hold, where others than the data model's.
LAUNCH_ATTRIBUTES = os.environ.get("PROVESVAR_LAUNCH_ATTRIBUTES", "").split()
require_apart(OIDC_PROVIDERS, API_AUDIENCE)

# --- Sessions, cookies, headers -------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Minutes unused, and minutes in all; an EHR system's session ends with its token.
SESSION_LIMITS = {
    "helseid": (
        minutes("PROVESVAR_PERSONNEL_IDLE", 30),
        minutes("PROVESVAR_PERSONNEL_LONGEST", 480),
    ),
    "idporten": (
        minutes("PROVESVAR_CITIZEN_IDLE", 30),
        minutes("PROVESVAR_CITIZEN_LONGEST", 60),
    ),
}
# The cookie goes with the browser; what it names is over before this in any case.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 60 * max(longest for _idle, longest in SESSION_LIMITS.values())
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not IS_DEMONSTRATION
CSRF_COOKIE_HTTPONLY = True
if not IS_DEMONSTRATION:
    SESSION_COOKIE_NAME = "__Host-sid"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    # Asked on the machine itself, past the proxy that speaks TLS.
    SECURE_REDIRECT_EXEMPT = [r"^api/(health|metrics)$"]
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
# Not "no-referrer": browsers then send «Origin: null» with forms, and CSRF protection
# refuses every one of them. Other sites learn nothing either way.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# --- Languages ------------------------------------------------------------------------

LANGUAGE_CODE = "nb"
LANGUAGES = names_for_django()
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# --- Static files ---------------------------------------------------------------------

_NODE = BASE_DIR / "node_modules"
STATIC_URL = "/static/"
# The demonstration serves files from where they lie; nothing is collected.
STATIC_ROOT = None if IS_DEMONSTRATION else BASE_DIR / "staticfiles"
ICON_DIR = _NODE / "@navikt/aksel-icons/dist/svg"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("ds", _NODE / "@digdir/designsystemet-css/dist/src"),
    ("ds-theme", _NODE / "@digdir/designsystemet-css/dist/theme"),
    ("inter", _NODE / "@fontsource-variable/inter"),
]
WHITENOISE_USE_FINDERS = IS_DEMONSTRATION
STORAGES = {
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if IS_DEMONSTRATION
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# --- API ------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["portal.api.authentication.AccessToken"],
    "DEFAULT_PERMISSION_CLASSES": ["portal.api.permissions.Refuse"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "portal.api.errors.handle",
    "UNAUTHENTICATED_USER": None,
}

# --- Queue, mail, watching ------------------------------------------------------------

# portal/queue_settings.py, portal/mail_settings.py, portal/watch_settings.py.

# --- Proof of the access log ----------------------------------------------------------

# Where signed checkpoints go outside of us, as «file:///folder» and «https://address».
ANCHORS = tuple(
    setting(
        "PROVESVAR_ANCHOR_TO", (STATE_DIR / "checkpoints").absolute().as_uri()
    ).split()
)

# --- Log ------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "portal.log_lines.BlindFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}

# --- The service itself ---------------------------------------------------------------

# The organisation that signs our receipts (its name, HER-id and organisation number).
OWN_ORGANIZATION = {
    "name": os.environ.get("PROVESVAR_OWN_NAME", "Pasientens prøvesvar"),
    "her_id": os.environ.get("PROVESVAR_OWN_HER_ID", "0"),
    "organization_number": os.environ.get("PROVESVAR_OWN_ORGANIZATION_NUMBER", ""),
}
# When true, a message in which no recipient is ours is refused (E21).
MUST_BE_ADDRESSED = os.environ.get("PROVESVAR_MUST_BE_ADDRESSED") == "true"
# Synthetic people and the health network's static test persons: never in production.
ALLOW_TEST_NUMBERS = not IS_PRODUCTION
SCHEMA_DIR = Path(os.environ.get("PROVESVAR_SCHEMA_DIR", STATE_DIR / "schemas"))
