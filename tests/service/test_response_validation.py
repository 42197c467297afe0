"""Does the venue notice when it breaks its own contract? Faults are put in, and looked for."""

from __future__ import annotations

import pytest

from handlers.app import assemble, create_app
from handlers.exchange.views import BalanceView
from tests.service.in_process import START, FakeClock, Venue, run

# Well formed for the model, and not for the contract: no balance is negative.
BROKEN = BalanceView(
    asset="USD", total="-1.00", available="-1.00", reserved="0.00", updated_time=START
)


@pytest.fixture
def broken(settings, judge, monkeypatch):
    """Makes a venue whose balances break the contract; gives a client, and the venue."""

    def make(**changes):
        clock = FakeClock()
        northgate = assemble(settings.model_copy(update=changes), clock)
        venue = Venue(northgate, entered(create_app(northgate)), clock, judge)
        client = venue.client(venue.open("alice", ("USD", "10")))
        exchange = type(northgate.engine.exchange)
        monkeypatch.setattr(exchange, "balances", lambda _self, _account: (BROKEN,))
        return client, venue

    running = []

    def entered(app):
        context = run(app)
        running.append(context)
        return context.__enter__()

    yield make
    for context in running:
        context.__exit__(None, None, None)


def violations(venue):
    name = 'northgate_response_violations_total{operation="listBalances"} '
    lines = venue.northgate.metrics.render().decode().splitlines()
    return sum(float(line.removeprefix(name)) for line in lines if line.startswith(name))


def test_in_tests_a_broken_answer_is_held_back(broken):
    client, venue = broken(validate_responses=True)
    answer = client.raw("GET", "/v1/balances")
    assert answer.status_code == 500
    assert answer.json()["outcome"] == "executed"
    assert "-1.00" not in answer.text
    assert violations(venue) == 1


def test_in_production_it_is_sent_counted_and_logged(broken, caplog):
    client, venue = broken(validate_responses=False, response_sample=1.0)
    answer = client.raw("GET", "/v1/balances")
    assert (answer.status_code, answer.json()["data"][0]["total"]) == (200, "-1.00")
    assert violations(venue) == 1
    (record,) = [each for each in caplog.records if "breaks the contract" in each.message]
    assert answer.headers["x-request-id"] in record.message
    assert "/body/data/0/total" in record.message


def test_a_sample_is_looked_at_and_the_rest_is_not(broken, monkeypatch):
    client, venue = broken(validate_responses=False, response_sample=0.25)
    draws = iter([0.1, 0.9, 0.3, 0.2] * 5)
    monkeypatch.setattr("generated.server.runtime.checks.random", lambda: next(draws))
    for _ in range(20):
        assert client.raw("GET", "/v1/balances").status_code == 200
    assert violations(venue) == 10


def test_nothing_is_looked_at_where_that_is_turned_off(broken):
    client, venue = broken(validate_responses=False, response_sample=0.0)
    assert client.raw("GET", "/v1/balances").status_code == 200
    assert violations(venue) == 0


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (f"/v1/orders?{'a' * 9_000}", {}, 414),
        ("/v1/time", {"accept": "text/html"}, 406),
        ("/v1/time", {f"x-{n}": "y" for n in range(101)}, 431),
    ],
    ids=["414", "406", "431"],
)
def test_what_any_client_can_bring_about_is_no_breach(public, path, headers, status, caplog):
    assert public.raw("GET", path, headers=headers).status_code == status
    assert "breaks the contract" not in caplog.text
