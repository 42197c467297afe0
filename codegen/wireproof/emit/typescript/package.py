"""The package around the code: its name, version, manifest, lock file, README."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from wireproof.emit.environment import env_prefix
from wireproof.emit.words import kebab, pascal
from wireproof.ir.contract import Contract
from wireproof.source.node import Json

_SEMVER = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?\Z")


@dataclass(frozen=True, slots=True)
class Package:
    """What the package and its class are called.

    Attributes:
        name: On the registry.
        class_name: Of the class client.
        prefix: Of environment variables: `NORTHGATE`.
    """

    name: str
    version: str
    title: str
    description: str
    license: str
    class_name: str
    prefix: str


def package(contract: Contract, options: Mapping[str, Json], taken: frozenset[str]) -> Package:
    """The package as the target's options have it, or as the contract's title suggests.

    Options: `package`, `version`, `client`, `license`, `env_prefix`.
    """
    title = " ".join(contract.title.split()) or "API"
    ascii_title = title.encode("ascii", "ignore").decode()
    name = str(options.get("package") or kebab(ascii_title)[:60].strip("-") or "api-client")
    stem = name.rpartition("/")[2]
    class_name = str(options.get("client") or pascal(stem) or "Api")
    if not class_name.isidentifier():
        class_name = f"Api{class_name}"
    while class_name in taken:
        class_name += "Client"
    return Package(
        name=name,
        version=version(str(options.get("version") or contract.version)),
        title=title,
        description=f"TypeScript client for {title}",
        license=str(options.get("license") or ""),
        class_name=class_name,
        prefix=env_prefix(options, contract.title),
    )


def version(text: str) -> str:
    """A semantic version made of whatever the contract calls its version."""
    plain = text.strip().removeprefix("v")
    if _SEMVER.match(plain):
        return plain
    numbers = [str(int(each)) for each in re.findall(r"\d{1,9}", plain)[:3]]
    return ".".join([*numbers, "0", "0", "0"][:3]) if numbers else "0.0.0"


def quoted(text: str) -> str:
    """A JSON string."""
    return json.dumps(text)
