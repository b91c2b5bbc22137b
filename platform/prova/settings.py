"""Django's settings. Everything that differs between machines comes from the environment (README.md, Settings)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from prova import database, environment

BASE_DIR = Path(__file__).resolve().parent
REPOSITORY_DIR = BASE_DIR.parent.parent

SECRET_KEY = environment.text("SECRET_KEY")
DEBUG = environment.boolean("DEBUG", False)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS", "")
#: True behind a TLS proxy: secure cookies, HSTS, and the proxy's X-Forwarded-Proto is believed.
HTTPS = environment.boolean("HTTPS", False)
#: Proxies in front of the web server that add to X-Forwarded-For; with 0 the header is not believed at all.
TRUSTED_PROXIES = environment.integer("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_htmx",
    "django_ace",
    "prova.accounts",
    "prova.courses",
    "questionbank",
    "prova.quizzes",
    "prova.quiz_builder",
    "prova.assignments",
    "prova.gradebook",
    "prova.authoring",
    "prova.bank",
    "prova.drawing",
    "prova.practice",
    "prova.teaching",
    "prova.regrades",
    "prova.marking",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "prova.accounts.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "prova.request_size.RequestSizeMiddleware",
]

#: No page or program sends more; below it, everything is read into memory and nothing is written to a disk.
MAX_REQUEST_BYTES = 3 * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = MAX_REQUEST_BYTES
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

ROOT_URLCONF = "prova.urls"
WSGI_APPLICATION = "prova.wsgi.application"
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
                "prova.accounts.context_processors.preferences",
            ],
        },
    },
]

DATABASES = {
    "default": environment.postgresql(environment.text("DATABASE_URL"))
    | {
        # Each thread keeps its own, and tries it first: PostgreSQL may have restarted. A pool, which connects in the
        # background after longer and longer pauses, kept requests waiting for ten seconds after such a restart.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        #: Seconds a statement may take, half of them waiting for a lock, where somebody waits for the page; 0: no limit.
        "OPTIONS": database.options(patience_s=environment.integer("DATABASE_PATIENCE_S", 0)),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["prova.accounts.backend.Backend"]
SESSION_ENGINE = "prova.accounts.sessions"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_HASHERS = [
    "prova.accounts.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # passwords from before are renewed at the next sign-in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("pt-br", _("Portuguese (Brazil)"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
#: True: files are served from STATIC_ROOT under names with their hash, after `collectstatic`; False: from where they lie.
STATIC_MANIFEST = environment.boolean("STATIC_MANIFEST", False)
STATIC_ROOT = (
    Path(environment.text("STATIC_ROOT", str(REPOSITORY_DIR / "var" / "static"))) if STATIC_MANIFEST else None
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "prova.static_files.HashedFiles"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "prova.accounts.token_authentication.AccessTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "prova.assignments.json_body.JSONBody",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "NUM_PROXIES": TRUSTED_PROXIES,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
}

BROKER_URL = environment.text("BROKER_URL")
#: Seconds a published grading job may stay without a sign of life before the sweeper publishes it anew.
GRADING_LEASE_S = environment.integer("GRADING_LEASE_S", 120)
#: Seconds between two rounds of the sweeper.
SWEEP_INTERVAL_S = environment.integer("SWEEP_INTERVAL_S", 15)
#: Tries per submission before it ends as a system error.
GRADING_TRIES = environment.integer("GRADING_TRIES", 3)
#: Submissions of one learner that may wait or run at one time, over all assignments; and how many a minute.
SUBMISSIONS_AT_ONCE = environment.integer("SUBMISSIONS_AT_ONCE", 3)
SUBMISSIONS_PER_MINUTE = environment.integer("SUBMISSIONS_PER_MINUTE", 6)

QUESTIONS_DIR = REPOSITORY_DIR / "questionbank" / "content" / "questions"
# Every question of the bank must exist in these; others may be added to any question.
BANK_LANGUAGES = ["en", "pt-br"]
QUIZZES_FILE = REPOSITORY_DIR / "questionbank" / "content" / "quizzes.yaml"
EXERCISES_DIR = REPOSITORY_DIR / "questionbank" / "content" / "exercises"

#: True: whoever wrote a question may review it too, for courses with one instructor; the page says so.
AUTHORS_REVIEW_THEMSELVES = environment.boolean("AUTHORS_REVIEW_THEMSELVES", False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"one_line": {"()": "prova.unavailable.OneLine"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["one_line"]},
    },
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
}
