"""`kill -9` on PostgreSQL: of the venue, and of the database under it."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.exchange.test_crash import IN_A_ROW, check, crash_often

CRASHES = int(os.environ.get("NORTHGATE_CRASHES", "8"))
ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(120 + 15 * CRASHES)
def test_killing_the_venue_loses_nothing_and_invents_nothing(postgres_server, tmp_path):
    rng = random.Random()  # a different instant every time is the point
    for first in range(0, CRASHES, IN_A_ROW):
        url = postgres_server.url(f"crash{first}")
        runs = range(first, min(first + IN_A_ROW, CRASHES))
        print(crash_often(rng, url, tmp_path / f"log-{first}", runs))


@pytest.mark.timeout(300)
def test_a_database_that_crashes_under_load_has_everything_that_was_acknowledged(
    postgres_server, postgres_url, tmp_path
):
    log = tmp_path / "log"
    child = start(postgres_url, log)
    try:
        while not log.exists() or log.read_bytes().count(b"done ") < 200:
            assert child.poll() is None
            time.sleep(0.02)
        postgres_server.crash()
        child.wait(30)  # an engine whose journal failed gives no answer any more
        assert b"OutcomeUnknownError" in child.stderr.read()
    finally:
        child.kill()
        child.communicate()
        postgres_server.start()
    assert check(postgres_url, log) >= 200


def start(journal, log):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.exchange.crash_child", journal, log, "0"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )
