"""Fixtures of the attack list: the venue of tests/service, in this process and on a socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handlers.app import assemble, create_app
from handlers.guard import Guard, WireLimits
from handlers.wire import guarded
from tests.service.conftest import alice, bob, judge, public, settings, store, venue
from tests.service.contract_reading import operations
from tests.service.socketed import Socketed, listening

__all__ = ["alice", "bob", "judge", "public", "settings", "store", "venue"]

HEAD_SECONDS = 0.5


@pytest.fixture
def guard() -> Guard:
    return Guard(WireLimits(head_seconds=HEAD_SECONDS, connections_per_address=20))


@pytest.fixture
def body_seconds() -> float:
    return 0.5


@pytest.fixture
def socketed(settings, guard, body_seconds) -> Iterator[Socketed]:
    """A venue behind guarded sockets, on the machine's clock; any Host will do."""
    own = settings.model_copy(update={"authorities": (), "body_seconds": body_seconds})
    northgate = assemble(own)
    with listening(northgate, create_app(northgate), http=guarded(guard)) as found:
        yield found


@pytest.fixture(scope="session")
def documented_paths() -> list[tuple[str, str]]:
    """Method and path of every operation in the contract."""
    return [(each.method.upper(), each.path) for each in operations()]
