"""Authentication: schemes, alternatives, scopes; rate limits by account and address."""

from base64 import b64encode

import pytest
from probe_server.runtime.auth import Identity
from probe_server.runtime.failed_auth import FailedAuth
from probe_server.runtime.memory import MemoryRateLimiter
from probe_server.runtime.plan import Bucket

ALICE = Identity("alice", frozenset({"write"}))


async def by_token(token, _context):
    return {"good": ALICE, "reader": Identity("bob")}.get(token)


async def by_login(credentials, _context):
    return ALICE if (credentials.username, credentials.password) == ("al", "p:w") else None


async def by_key(key, _context):
    return ALICE if key == "k" else None


@pytest.fixture
def guarded(serve):
    service = serve(auth={"token": by_token, "login": by_login, "key": by_key})
    service.echo.answers["optional"] = lambda context, **_: context.principal.subject or "nobody"
    return service


def basic(text):
    return f"Basic {b64encode(text.encode()).decode()}"


@pytest.mark.parametrize(
    ("authorization", "status", "code"),
    [
        ("Bearer good", 204, None),
        ("bearer good", 204, None),
        ("Bearer bad", 401, "credentials_invalid"),
        ("Bearer reader", 403, "scope_missing"),
        (basic("al:p:w"), 204, None),
        (basic("al:pw"), 401, "credentials_invalid"),
        (basic("alpw"), 401, "credentials_invalid"),
        ("Basic %%%", 401, "credentials_invalid"),
        ("Digest x", 401, "credentials_missing"),
        (None, 401, "credentials_missing"),
    ],
)
def test_alternatives(guarded, authorization, status, code):
    answer = guarded("GET", "/bearer", headers=[("authorization", authorization)])
    assert answer.status == status
    if code:
        assert answer.json()["code"] == code
        assert guarded.echo.calls == []
    if status == 401 and code == "credentials_missing":
        assert answer.field("www-authenticate") == 'Bearer, Basic realm="api", charset="UTF-8"'


def test_optional_credentials_must_be_good_if_sent(guarded):
    assert guarded("GET", "/optional").json() == "nobody"
    good = [("authorization", "Bearer good")]
    assert guarded("GET", "/optional", headers=good).json() == "alice"
    bad = [("authorization", "Bearer bad")]
    assert guarded("GET", "/optional", headers=bad).status == 401


def test_api_keys(guarded):
    assert guarded("GET", "/keyed", headers=[("x-key", "k")]).status == 204
    assert guarded("GET", "/keyed", headers=[("x-key", "K")]).status == 401
    assert guarded("GET", "/keyed", headers=[("x-key", "k"), ("x-key", "k")]).status == 400
    assert guarded("GET", "/keyed").field("www-authenticate") == "ApiKey"


def test_authentication_comes_before_validation(guarded):
    assert guarded("GET", "/keyed?surprise=1").status == 401


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def limited(serve):
    clock = Clock()
    limiter = MemoryRateLimiter(clock)
    return serve(auth={"key": by_key}, rate_limiter=limiter), clock


def test_limits_per_address(limited):
    service, clock = limited
    answer = service("GET", "/limited")
    assert answer.field("ratelimit-policy") == '"public";q=2;w=2'
    assert answer.field("ratelimit") == '"public";r=1;t=1'
    assert service("GET", "/limited").status == 204
    refused = service("GET", "/limited")
    assert refused.status == 429
    assert refused.json()["code"] == "rate_limited"
    assert refused.field("retry-after") == "1"
    assert refused.field("ratelimit") == '"public";r=0;t=2'
    clock.now = 1.0
    assert service("GET", "/limited").status == 204


def test_limits_per_account_cost_what_the_contract_says(limited):
    service, clock = limited
    key = [("x-key", "k")]
    assert service("GET", "/keyed", headers=key).field("ratelimit") == '"orders";r=0;t=2'
    clock.now = 0.5
    refused = service("GET", "/keyed", headers=key)
    assert (refused.status, refused.field("retry-after")) == (429, "2")
    assert service("GET", "/keyed").status == 401  # who is not known costs nobody's tokens
    clock.now = 2.0
    assert service("GET", "/keyed", headers=key).status == 204


GUESSES = Bucket("failed-auth", 1.0, 2, "ip")


@pytest.fixture
def guessing(serve, monkeypatch):
    """A service that allows two failures at once and one a second, and who checked what."""
    clock, asked = Clock(), []

    async def check(key, _context):
        asked.append(key)
        return ALICE if key == "k" else None

    held = FailedAuth.__init__
    monkeypatch.setattr(FailedAuth, "__init__", lambda self, *parts: held(self, *parts, clock))
    limiter = MemoryRateLimiter(clock)
    return serve(auth={"key": check}, rate_limiter=limiter, failed_auth=GUESSES), clock, asked


def test_failed_authentication_costs_its_address(guessing):
    service, clock, asked = guessing
    bad, good = [("x-key", "guess")], [("x-key", "k")]
    assert [service("GET", "/keyed", headers=bad).status for _ in range(3)] == [401, 401, 429]
    refused = service("GET", "/keyed", headers=good)
    assert (refused.status, refused.json()["code"]) == (429, "rate_limited")
    assert refused.field("retry-after") == "1"
    assert asked == ["guess"] * 3  # nothing is verified for an address that is held off
    clock.now = 1.0
    assert service("GET", "/keyed", headers=good).status == 204
    assert [service("GET", "/keyed", headers=bad).status for _ in range(2)] == [401, 429]


def test_requests_without_credentials_cost_no_failure(guessing):
    service, _, asked = guessing
    assert {service("GET", "/keyed").status for _ in range(5)} == {401}
    assert asked == []
    assert service("GET", "/keyed", headers=[("x-key", "k")]).status == 204


def test_an_address_held_off_still_reaches_what_is_public(guessing):
    service, _, _ = guessing
    for _ in range(3):
        service("GET", "/keyed", headers=[("x-key", "guess")])
    assert service("GET", "/limited").status == 204


@pytest.mark.parametrize(
    ("bucket", "limiter"),
    [(GUESSES, None), (Bucket("failed-auth", 1.0, 2, "account"), MemoryRateLimiter())],
)
def test_failures_that_nobody_can_count_are_refused_at_start(serve, bucket, limiter):
    with pytest.raises(ValueError, match=r"rate_limiter|partition"):
        serve(auth={"key": by_key}, rate_limiter=limiter, failed_auth=bucket)


def test_full_buckets_are_forgotten():
    import asyncio  # noqa: PLC0415 - this test's own need

    clock = Clock()
    limiter = MemoryRateLimiter(clock, most=10)
    bucket = Bucket("b", 1.0, 5)

    async def visit():
        for n in range(100):
            clock.now = float(n)
            await limiter.take(bucket, str(n), 1)

    asyncio.run(visit())
    assert len(limiter._levels) <= 10
