"""API keys: what may be done with them, how they are kept, and what a stolen database tells."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from handlers.exchange.codes import RefusalError
from handlers.exchange.times import SECOND
from handlers.keys.manage import MOST_KEYS, KeyChange, KeyManager, KeyRequest
from handlers.keys.nonces import NonceStore
from handlers.keys.points import is_public_key
from handlers.keys.sealing import Sealer, UnsealError
from handlers.keys.store import KeyStore
from handlers.keys.tables import METADATA, open_database

ALL = ("read", "trade", "keys")
MASTER = bytes(range(32))


class Clock:
    def __init__(self):
        self.now = 1_800_000_000 * SECOND

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "access.db"


def store_of(file, master=MASTER):
    return KeyStore(open_database(file), Sealer(master))


@pytest.fixture
def store(file):
    return store_of(file)


@pytest.fixture
def keys(store, clock):
    return KeyManager(store, clock)


def public_key():
    return b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()


def ed25519(**more):
    members = {"name": "a", "scopes": ["trade", "read"], "public_key": public_key(), **more}
    return KeyRequest(algorithm="ed25519", **members)


def hmac(**more):
    return KeyRequest(**{"name": "b", "algorithm": "hmac-sha256", "scopes": ["read"], **more})


def refused(code, call, *arguments):
    with pytest.raises(RefusalError) as caught:
        call(*arguments)
    assert caught.value.code == code
    return caught.value


def test_keys_survive_a_restart_unchanged(keys, file):
    made = [
        keys.create("acc", ed25519(ip_allow_list=["192.0.2.7/24", "2001:db8::1"]), ALL),
        keys.create("acc", hmac(expire_time=1_900_000_000 * SECOND), ALL),
    ]
    assert made[0].scopes == ("read", "trade")
    assert made[0].ip_allow_list == ("192.0.2.0/24", "2001:db8::1/128")
    assert {key.key_id: key for key in store_of(file).of_account("acc")} == {
        key.key_id: key for key in made
    }


def test_the_database_holds_no_secret_and_another_master_key_opens_none(keys, file):
    key = keys.create("acc", hmac(), ALL)
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT * FROM api_keys").fetchall()
    connection.close()
    assert key.material not in repr(rows).encode()
    assert key.material not in b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert key.material.decode() not in repr(key)
    with pytest.raises(UnsealError, match=key.key_id):
        store_of(file, os.urandom(32))


def test_a_sealed_secret_belongs_to_its_key_and_cannot_be_changed():
    sealer = Sealer(MASTER)
    sealed = sealer.seal(b"secret", "key_1")
    assert sealer.unseal(sealed, "key_1") == b"secret"
    assert sealer.seal(b"secret", "key_1") != sealed
    with pytest.raises(UnsealError):
        sealer.unseal(sealed, "key_2")
    for index in range(len(sealed)):
        damaged = bytearray(sealed)
        damaged[index] ^= 1
        with pytest.raises(UnsealError):
            sealer.unseal(bytes(damaged), "key_1")
    with pytest.raises(UnsealError):
        sealer.unseal(b"", "key_1")
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(b"short")


@pytest.mark.parametrize(
    ("request_", "code", "pointer"),
    [
        (KeyRequest(name="x", algorithm="ed25519", scopes=["read"]), "invalid_combination", "key"),
        (hmac(public_key=public_key()), "invalid_combination", "key"),
        (ed25519(public_key=b64encode(b"\xff" * 32).decode()), "malformed", "key"),
        (ed25519(public_key=b64encode(bytes(32)).decode()), "malformed", "key"),
        (ed25519(ip_allow_list=["192.0.2.1", "300.0.0.1"]), "malformed", "ip_allow_list/1"),
        (ed25519(expire_time=1), "malformed", "expire_time"),
    ],
)
def test_what_makes_no_key_is_refused_by_name(keys, request_, code, pointer):
    refusal = refused(code, keys.create, "acc", request_, ALL)
    assert refusal.pointer.endswith(pointer)
    assert keys.of_account("acc") == []


def test_no_key_grants_what_it_does_not_hold(keys):
    admin = ("keys",)
    refused("scope_missing", keys.create, "acc", ed25519(), admin)
    trading = keys.create("acc", ed25519(), ALL)
    # Neither by adding a scope, nor by taking a stronger key's place.
    more = KeyChange(scopes=["read", "trade", "keys"])
    refused("scope_missing", keys.change, "acc", trading.key_id, more, ("read", "trade"))
    refused("scope_missing", keys.rotate, "acc", trading.key_id, 60, public_key(), admin)
    # Taking a scope away is always allowed.
    less = keys.change("acc", trading.key_id, KeyChange(scopes=["read"]), admin)
    assert less.scopes == ("read",)


def test_keys_of_others_are_not_found(keys):
    theirs = keys.create("theirs", ed25519(), ALL)
    for call in (
        lambda: keys.change("mine", theirs.key_id, KeyChange(name="x"), ALL),
        lambda: keys.rotate("mine", theirs.key_id, 0, public_key(), ALL),
        lambda: keys.revoke("mine", theirs.key_id),
    ):
        refused("key_not_found", call)
    assert keys.of_account("mine") == []
    assert keys.of_account("theirs") == [theirs]


def test_rotation_overlaps_and_happens_once(keys, store, clock, file):
    old = keys.create("acc", ed25519(ip_allow_list=["192.0.2.1"]), ALL)
    clock.now += SECOND
    new = keys.rotate("acc", old.key_id, 60, public_key(), ALL)
    assert (new.name, new.scopes, new.ip_allow_list) == (old.name, old.scopes, old.ip_allow_list)
    assert new.material != old.material
    retiring = store.get(old.key_id)
    assert retiring.status(clock.now) == "retiring"
    assert retiring.expire_time == clock.now + 60 * SECOND
    assert store_of(file).get(old.key_id) == retiring
    refused("key_not_active", keys.rotate, "acc", old.key_id, 60, public_key(), ALL)
    later = KeyChange(expire_time=clock.now + 61 * SECOND)
    refused("invalid_combination", keys.change, "acc", old.key_id, later, ALL)
    clock.now += 60 * SECOND
    assert retiring.status(clock.now) == "expired"
    assert store.get(new.key_id).status(clock.now) == "active"


def test_an_expired_key_is_not_rotated_and_rotation_never_prolongs(keys, store, clock):
    brief = keys.create("acc", hmac(expire_time=clock.now + SECOND), ALL)
    successor = keys.rotate("acc", brief.key_id, 3600, None, ALL)
    assert store.get(brief.key_id).expire_time == brief.expire_time
    assert successor.material != brief.material
    clock.now += SECOND
    refused("key_not_active", keys.rotate, "acc", successor.key_id, 0, None, ALL)


def test_revoked_keys_are_gone_for_good(keys, file):
    key = keys.create("acc", hmac(), ALL)
    keys.revoke("acc", key.key_id)
    refused("key_not_found", keys.revoke, "acc", key.key_id)
    assert store_of(file).get(key.key_id) is None


def test_an_account_cannot_make_keys_without_end(keys):
    for _ in range(MOST_KEYS):
        last = keys.create("acc", hmac(), ALL)
    refused("key_limit_reached", keys.create, "acc", hmac(), ALL)
    assert keys.create("other", hmac(), ALL).account_id == "other"
    keys.revoke("acc", last.key_id)
    again = keys.create("acc", hmac(), ALL)
    assert again.key_id in {key.key_id for key in keys.of_account("acc")}
    assert len(keys.of_account("acc")) == MOST_KEYS


def test_a_full_account_can_rotate_but_not_without_end(keys):
    made = [keys.create("acc", hmac(), ALL) for _ in range(MOST_KEYS)]
    last = [keys.rotate("acc", key.key_id, 60, None, ALL) for key in made][-1]
    refused("key_limit_reached", keys.rotate, "acc", last.key_id, 60, None, ALL)
    assert len(keys.of_account("acc")) == 2 * MOST_KEYS


# All encodings of points of small order, canonical or not.
SMALL_ORDER = """
0000000000000000000000000000000000000000000000000000000000000000
0100000000000000000000000000000000000000000000000000000000000000
ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05
c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a
"""


def test_points_of_small_order_are_no_keys():
    for text in SMALL_ORDER.split():
        point = bytes.fromhex(text)
        assert not is_public_key(point)
        assert not is_public_key(point[:31] + bytes([point[31] | 0x80]))


def test_half_of_all_bytes_are_points_and_every_real_key_is():
    for _ in range(50):
        assert is_public_key(Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    points = sum(is_public_key(number.to_bytes(32, "little")) for number in range(2, 1002))
    assert 400 < points < 600
    assert not is_public_key(b"")
    assert not is_public_key(bytes(33))


def test_keys_wait_for_the_disk_and_nonces_do_not(file):
    def synchronous(engine):
        with engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA synchronous").scalar()

    assert synchronous(open_database(file)) == 2  # FULL
    assert synchronous(open_database(file, durable=False)) == 1  # NORMAL


OLD = """
CREATE TABLE api_keys (
    key_id VARCHAR(64) NOT NULL, account_id VARCHAR(64) NOT NULL, name VARCHAR(64) NOT NULL,
    algorithm VARCHAR(16) NOT NULL, material BLOB NOT NULL, scopes VARCHAR(64) NOT NULL,
    ip_allow_list VARCHAR(2048) NOT NULL, expire_time BIGINT, created_time BIGINT NOT NULL,
    successor_id VARCHAR(64), PRIMARY KEY (key_id)
);
CREATE TABLE nonces (
    key_id VARCHAR(64) NOT NULL, nonce VARCHAR(256) NOT NULL, expires BIGINT NOT NULL,
    PRIMARY KEY (key_id, nonce)
) WITHOUT ROWID;
CREATE INDEX ix_nonces_expires ON nonces (expires);
INSERT INTO api_keys VALUES
    ('key_old', 'acc', 'before', 'ed25519', x'01', 'read trade', '', NULL, 1, NULL);
INSERT INTO nonces VALUES ('key_old', 'spent', 4000000000);
"""


def test_a_database_from_before_migrations_is_upgraded_with_its_keys(file, clock):
    with sqlite3.connect(file) as connection:
        connection.executescript(OLD)
    connection.close()
    engine = open_database(file)
    key = KeyStore(engine, Sealer(MASTER)).get("key_old")
    assert (key.name, key.scopes, key.created_time) == ("before", ("read", "trade"), 1)
    assert not asyncio.run(NonceStore(engine, clock).add("key_old", "spent", 4_000_000_000))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT * FROM access_version").scalar() == "0003"
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: (kind, name) != ("table", "access_version")
            },
        )
        assert compare_metadata(context, METADATA) == []  # migrations and tables say the same
    engine.dispose()
    assert store_of(file).get("key_old") == key  # and once more, where nothing is left to do


WORKER = """
import asyncio, sys
from pathlib import Path
from handlers.keys.nonces import NonceStore
from handlers.keys.tables import METADATA, open_database
store = NonceStore(open_database(Path(sys.argv[1]), durable=False), lambda: 0)
print("ready", flush=True)
sys.stdin.readline()
won = [n for n in range(300) if asyncio.run(store.add("key_1", f"n{n}", 60))]
print(" ".join(map(str, won)), flush=True)
"""


def test_of_many_processes_exactly_one_may_use_a_nonce(file):
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        for _ in range(3)
    ]
    assert [worker.stdout.readline() for worker in workers] == ["ready\n"] * 3
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    won = [worker.communicate(timeout=60)[0].split() for worker in workers]
    assert sorted(int(n) for each in won for n in each) == list(range(300))
