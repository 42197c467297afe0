"""OpenAPI 3.2's `defaultMapping`, and deep objects, from the SDK to a server generated from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

import pytest
from wireproof.ir.build import build
from wireproof.mock.listen import MockServer
from wireproof.mock.service import Mock
from wireproof.source.workspace import load

from tests.python_tools import Answer, emitted, imported, serving, write_tree

SPEC = Path(__file__).parents[1] / "nasty" / "default-mapping.yaml"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("defaults")
    write_tree(folder, emitted(SPEC, package="defaults").files)
    return imported(folder, "defaults")


@pytest.fixture
def mock() -> Iterator[MockServer]:
    """The mock validates with the generated server's own runtime."""
    server = MockServer(Mock(build(load(str(SPEC)).contract)))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("pet", "name"),
    [
        ({"kind": "cat", "lives": 9}, "Cat"),
        ({"kind": "ferret", "noise": "dook"}, "Other"),
        ({"noise": "?"}, "Other"),
    ],
)
def test_what_no_tag_names_is_of_the_default_arm(
    package: ModuleType, pet: dict[str, Any], name: str, *, strict: bool
) -> None:
    answer = {"pet": pet, "animal": {"species": "newt"}}
    with serving(lambda _: Answer(200, answer)) as server:
        with package.Defaults(base_url=server.url, strict=strict) as client:
            found = client.api.swap(body=pet)
        assert server.received[0].json == pet
    assert type(found.pet).__name__ == name
    assert type(found.animal) is not package.models.Fish
    assert found.model_dump(mode="json", exclude_unset=True) == answer


def test_lists_in_brackets_arrive(package: ModuleType, mock: MockServer) -> None:
    with package.Defaults(base_url=mock.url) as client:
        filters = {"tags": ["a", "b&c"], "legs": [{"id": 1}, {"id": 2}]}
        raw = client.api.with_raw_response.find(expand=["owner", "vet"], filter=filters)
        assert raw.status_code == 204
        with pytest.raises(package.BadRequestError, match="legs"):
            client.api.find(filter={"legs": [{"id": 1}, {"id": "x"}]})
        with pytest.raises(package.BadRequestError, match="legs"):
            client.api.find(filter={"legs": [{}, {"di": 1}]})
