"""`kill -9` on PostgreSQL: of the venue, and of the database under it."""

import random
import subprocess
import sys
import time

import pytest

from tests.exchange.test_crash import CRASHES, ROOT, check, crash


@pytest.mark.timeout(120 + 15 * CRASHES)
def test_killing_the_venue_loses_nothing_and_invents_nothing(postgres_url, tmp_path):
    rng = random.Random()  # a different instant every time is the point
    log = tmp_path / "log"
    for run in range(CRASHES):
        crash(postgres_url, log, run, rng.uniform(0, 0.6))
        acknowledged = check(postgres_url, log)
    assert acknowledged > 0


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
