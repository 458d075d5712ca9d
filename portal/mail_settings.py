"""Mail as one address: where it goes, through whom, and how guarded."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from portal.environment import STATE_DIR, setting

DEFAULT_FROM_EMAIL = setting("PROVESVAR_MAIL_FROM", "provesvar@localhost")
# «smtp://user:password@host:587» (smtps: TLS from the first byte), «file:///folder»
# or «console:».
_MAIL = urlsplit(setting("PROVESVAR_MAIL", (STATE_DIR / "mail").absolute().as_uri()))
if _MAIL.scheme not in ("smtp", "smtps", "file", "console"):
    raise ImproperlyConfigured("PROVESVAR_MAIL must be smtp, smtps, file or console.")
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    {"file": "filebased", "console": "console"}.get(_MAIL.scheme, "smtp")
)
EMAIL_FILE_PATH = unquote(_MAIL.path)
EMAIL_HOST = _MAIL.hostname or "localhost"
EMAIL_PORT = _MAIL.port or (465 if _MAIL.scheme == "smtps" else 25)
EMAIL_HOST_USER = unquote(_MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_USE_TLS = _MAIL.scheme == "smtp" and EMAIL_HOST not in ("localhost", "127.0.0.1")
EMAIL_TIMEOUT = 10
# Text messages: «file:///folder», «console:», or «module:Class» of one's own.
SMS = setting("PROVESVAR_SMS", (STATE_DIR / "sms").absolute().as_uri())
