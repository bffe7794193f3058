"""Programs of others that tests are made with: real ones, or the test is skipped, and loudly."""

from __future__ import annotations

import os
import shutil

import pytest


def program(*names: str, package: str) -> str:
    """Where the first of these programs is that is here.

    Without any the test is skipped; on a build server, where `.ci/run` installs the `package` of
    Debian, it fails.
    """
    for name in names:
        if found := shutil.which(name):
            return found
    reason = f"no {' or '.join(names)} was found: THIS IS NOT TESTED; install {package}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
