"""Django's settings, made from the environment; nothing here is chosen twice."""

from pathlib import Path

from fulcrum.config import environment

FULCRUM_HOME = environment.home()
FULCRUM_KEY_FILE = environment.key_file(FULCRUM_HOME)
FULCRUM_OPEN = environment.flag("FULCRUM_OPEN")
FULCRUM_CERTIFICATE = environment.certificate()

SECRET_KEY = environment.secret_key(FULCRUM_HOME)
DEBUG = False
ALLOWED_HOSTS = [*(environment.names("FULCRUM_HOSTS")), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in environment.names("FULCRUM_HOSTS")]
DATABASES = {"default": environment.database(FULCRUM_HOME)}
FULCRUM_TURNS = 1 if DATABASES["default"]["ENGINE"].endswith("sqlite3") else 2  # pages made at a time
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "fulcrum.config.urls"
WSGI_APPLICATION = "fulcrum.config.wsgi.application"
SITE_ID = None

INSTALLED_APPS = [
    "fulcrum.web",  # first: its templates stand before those of the libraries
    "fulcrum.records",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "fulcrum.web.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fulcrum.web.turns.in_turn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fulcrum.web.middleware.local_owner",
    "allauth.account.middleware.AccountMiddleware",
    "fulcrum.web.middleware.guard",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fulcrum.web.context.place",
            ],
            "builtins": ["fulcrum.web.templatetags.fulcrum"],
        },
    }
]

# Accounts
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "fulcrum.web.accounts.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Fulcrum: "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 7 * 24 * 3600
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Fulcrum"
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_PROVIDERS = environment.oidc()
SOCIALACCOUNT_ADAPTER = "fulcrum.web.accounts.InvitedByIdentity"

# What travels and what is kept
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = FULCRUM_OPEN and environment.flag("FULCRUM_HTTPS", default="yes")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
IS_BEHIND_PROXY = environment.flag("FULCRUM_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_BEHIND_PROXY else 0
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # a container asks itself over plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = ["fulcrum.web.uploads.LimitedUpload"]

# Words, times, files
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.time_zone()
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
EMAIL_CONFIG = environment.mail(FULCRUM_HOME)
EMAIL_BACKEND = EMAIL_CONFIG["backend"]
EMAIL_FILE_PATH = EMAIL_CONFIG["folder"]
EMAIL_HOST, EMAIL_PORT = EMAIL_CONFIG["host"], EMAIL_CONFIG["port"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL_CONFIG["user"], EMAIL_CONFIG["password"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_CONFIG["tls"], EMAIL_CONFIG["ssl"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = EMAIL_CONFIG["sender"]
FULCRUM_ADDRESS = environment.address()
FULCRUM_WEBHOOK_HOSTS = environment.names("FULCRUM_WEBHOOK_HOSTS")
FULCRUM_WEBHOOK_INSIDE = environment.names("FULCRUM_WEBHOOK_INSIDE")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
LOCALE_PATHS: list[Path] = []
