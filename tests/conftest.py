"""What all tests share: in CI, property tests draw the same examples every time."""

import os

from hypothesis import settings

# Nothing is remembered from one test run to the next; subprocesses inherit it.
os.environ["WIREPROOF_CACHE"] = ""

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
