"""The contract as its author wrote it, read by tools that are not ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import jsonschema
import referencing
import yaml
from jsonschema import Draft202012Validator
from referencing.jsonschema import DRAFT202012
from wireproof.source import load

SPEC = Path(__file__).parents[2] / "spec" / "northgate.openapi.yaml"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@cache
def contract() -> Any:
    """The whole contract in one document."""
    return load(str(SPEC)).contract.root.value


@cache
def read(uri: str) -> Any:
    return yaml.load(Path(uri.removeprefix("file://")).read_text("utf-8"), yaml.CSafeLoader)


def retrieve(uri: str) -> referencing.Resource[Any]:
    return DRAFT202012.create_resource(read(uri))


REGISTRY: referencing.Registry[Any] = referencing.Registry(retrieve=retrieve)


@dataclass(frozen=True)
class Place:
    """A value of the contract and the file that relative references in it start from."""

    value: Any
    uri: str

    def get(self, key: str | int, default: Any = None) -> Place:
        """The child under a key, references followed."""
        value = self.value
        known = key in value if isinstance(value, dict) else key < len(value)
        return Place(value[key] if known else default, self.uri).resolved()

    def items(self) -> list[tuple[str, Place]]:
        return [(key, self.get(key)) for key in self.value or {}]

    def elements(self) -> list[Place]:
        return [self.get(index) for index in range(len(self.value or []))]

    def resolved(self) -> Place:
        if not isinstance(self.value, dict) or "$ref" not in self.value:
            return self
        uri, pointer = urldefrag(urljoin(self.uri, self.value["$ref"]))
        value = read(uri)
        for token in pointer.split("/")[1:]:
            value = value[token.replace("~1", "/").replace("~0", "~")]
        return Place(value, uri).resolved()

    def schema_errors(self, instance: Any) -> list[jsonschema.ValidationError]:
        """What JSON Schema says against an instance of the schema that stands here."""
        reference = f"{self.uri}#{self.pointer()}"
        validator = Draft202012Validator(
            {"$ref": reference},
            registry=REGISTRY,
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )
        return list(validator.iter_errors(instance))

    def pointer(self) -> str:
        """Where this very value stands in its file."""
        found = _find(read(self.uri), self.value, "")
        assert found is not None
        return found


def _find(tree: Any, wanted: Any, at: str) -> str | None:
    if tree is wanted:
        return at
    children = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for key, child in children:
        token = str(key).replace("~", "~0").replace("/", "~1")
        if (found := _find(child, wanted, f"{at}/{token}")) is not None:
            return found
    return None


@dataclass(frozen=True)
class Documented:
    """An operation of the contract."""

    path: str
    method: str
    place: Place
    path_item: Place

    @property
    def id(self) -> str:
        return str(self.place.value["operationId"])

    @property
    def responses(self) -> dict[str, Place]:
        return dict(self.place.get("responses").items())

    @property
    def parameters(self) -> list[Place]:
        own, shared = self.place.get("parameters", []), self.path_item.get("parameters", [])
        return own.elements() + shared.elements()


def root() -> Place:
    return Place(read(SPEC.as_uri()), SPEC.as_uri())


def operations() -> list[Documented]:
    return [
        Documented(path, method, item.get(method), item)
        for path, item in root().get("paths").items()
        for method in METHODS
        if method in item.value
    ]


def examples_of(media: Place) -> list[tuple[str, Any]]:
    return [(name, example.value["value"]) for name, example in media.get("examples").items()]
