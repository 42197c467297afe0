"""Configuration: what is wrong is told by name, all of it, and no secret is repeated."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from handlers.settings import Settings, SettingsError

KEY = b64encode(bytes(range(32))).decode()


def test_only_the_master_key_must_be_set():
    settings = Settings.from_environment({"NORTHGATE_MASTER_KEY": KEY, "HOME": "/"})
    assert settings.master_key.get_secret_value() == bytes(range(32))
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.database == Path("northgate.db")
    assert not settings.sandbox


def test_every_setting_is_read():
    settings = Settings.from_environment(
        {
            "NORTHGATE_MASTER_KEY": KEY,
            "NORTHGATE_HOST": "::1",
            "NORTHGATE_PORT": "0",
            "NORTHGATE_DATABASE": "/var/lib/n.db",
            "NORTHGATE_AUTHORITIES": "API.northgate.example, localhost:8080",
            "NORTHGATE_SANDBOX": "true",
            "NORTHGATE_VALIDATE_RESPONSES": "1",
            "NORTHGATE_LOG_LEVEL": "debug",
            "NORTHGATE_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
            "NORTHGATE_FAILED_AUTH_BURST": "0",
        }
    )
    assert settings.authorities == ("api.northgate.example", "localhost:8080")
    assert settings.sandbox
    assert settings.validate_responses
    assert settings.log_level == "debug"
    assert settings.trusted_proxies == ("10.0.0.0/8", "::1")
    assert settings.failed_auth_burst == 0


def test_failed_authentication_is_counted_unless_it_is_turned_off():
    settings = Settings.from_environment({"NORTHGATE_MASTER_KEY": KEY})
    assert (settings.failed_auth_rate, settings.failed_auth_burst) == (5, 100)


@pytest.mark.parametrize("text", ["proxy.local", "10.0.0.1/8", "10.0.0.0/33", "*"])
def test_a_proxy_is_named_by_address(text):
    environment = {"NORTHGATE_MASTER_KEY": KEY, "NORTHGATE_TRUSTED_PROXIES": text}
    with pytest.raises(SettingsError, match="NORTHGATE_TRUSTED_PROXIES: "):
        Settings.from_environment(environment)


SHARDED = {
    "NORTHGATE_MASTER_KEY": KEY,
    "NORTHGATE_DATABASE_URL": "postgresql://localhost/venue",
    "NORTHGATE_SHARDS": "main:BTC-USD;eur:SOL-EUR",
}


def test_shards_are_read_with_the_one_that_a_process_is_for():
    settings = Settings.from_environment(SHARDED | {"NORTHGATE_SHARD": "eur"})
    assert (settings.shard, settings.instruments) == ("eur", ("SOL-EUR", "BTC-USD"))
    assert Settings.from_environment({"NORTHGATE_MASTER_KEY": KEY}).instruments is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"NORTHGATE_SHARDS": "a:BTC-USD;b:ETH-USD"}, "NORTHGATE_SHARDS: .*USD would be in two"),
        ({"NORTHGATE_DATABASE_URL": None}, "NORTHGATE_SHARDS: .*needs NORTHGATE_DATABASE_URL"),
        ({"NORTHGATE_SHARD": "usd"}, "NORTHGATE_SHARD: .*'usd' is no shard; .* are eur, main"),
        ({"NORTHGATE_SHARD": "x", "NORTHGATE_SHARDS": None}, "NORTHGATE_SHARD: .*is not set"),
    ],
)
def test_what_is_wrong_with_shards_is_told(change, said):
    environment = {name: value for name, value in (SHARDED | change).items() if value is not None}
    with pytest.raises(SettingsError, match=said):
        Settings.from_environment(environment)


def test_variables_of_the_sdks_are_not_ours():
    environment = {"NORTHGATE_MASTER_KEY": KEY, "NORTHGATE_PRIVATE_KEY": "x"}
    assert Settings.from_environment(environment).port == 8080


def test_all_that_is_wrong_is_named_and_no_secret_shown():
    short = b64encode(b"too short").decode()
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(
            {"NORTHGATE_MASTER_KEY": short, "NORTHGATE_PORT": "70000", "NORTHGATE_PROT": "1"}
        )
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "NORTHGATE_PORT",
        "NORTHGATE_MASTER_KEY",
        "NORTHGATE_PROT",
    ]
    assert "there is no such setting" in lines[2]
    assert short not in str(caught.value)
    with pytest.raises(SettingsError, match="NORTHGATE_MASTER_KEY: must be set"):
        Settings.from_environment({})


def test_the_master_key_is_never_printed():
    settings = Settings.from_environment({"NORTHGATE_MASTER_KEY": KEY})
    assert KEY not in repr(settings)
    assert repr(bytes(range(32))) not in repr(settings)
