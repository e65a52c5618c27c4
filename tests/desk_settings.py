"""The desk's own settings on a home folder that is thrown away."""

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="fulcrum-desk-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["FULCRUM_HOME"] = _HOME

from fulcrum.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # accounts by the hundred, quickly
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{_HOME}/test.db"}  # noqa: F405  a file, as in earnest
