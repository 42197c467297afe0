"""Import lines: collected while a module is spelled, written once, sorted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from wireproof.emit.typescript.text import WIDTH

RUNTIME = {
    "auth": ("Credential", "Secret", "apiKey", "authorization", "basic", "bearer"),
    "check": ("ResultError", "checker"),
    "call": ("Call", "Exchange"),
    "client": ("CallOptions", "Client", "ClientOptions", "clientOf", "withOptions"),
    "content": ("Upload", "anyOf", "json", "upload"),
    "decimal": ("Decimal", "DecimalLike", "decimal"),
    "env": ("environment",),
    "errors": (
        "ApiError",
        "AuthenticationError",
        "BadRequestError",
        "ConflictError",
        "ConnectionError",
        "DecodeError",
        "NotFoundError",
        "Outcome",
        "PermissionError",
        "RateLimitError",
        "SdkError",
        "ServerError",
        "TimeoutError",
        "UnprocessableError",
        "hasCode",
    ),
    "events": ("EventStream", "ServerEvent", "readEvents", "readJsonLines"),
    "exact": (
        "DecimalNumber",
        "Int64",
        "exactJson",
        "readExactAny",
        "readExactJson",
        "readExactJsonOrNothing",
    ),
    "fractions": ("readDecimalAny", "readDecimalJson", "readDecimalJsonOrNothing"),
    "forms": ("PartEncoding", "multipart", "urlEncoded"),
    "hooks": ("Hooks", "Step"),
    "keys": ("Key",),
    "limit": ("BucketSize", "Limiter", "tokenBuckets"),
    "log": ("Logger", "logging"),
    "oauth": ("ClientCredentials", "clientCredentials"),
    "pages": ("PagedCall",),
    "plan": ("Content", "Outgoing", "Plan", "Reader"),
    "query": ("QueryValue", "Scalar", "segment"),
    "read": ("readAny", "readJson", "readJsonOrNothing", "readNothing", "readRaw", "readText"),
    "send": ("send",),
    "sign": ("SignatureOptions", "SignatureProfile", "httpSignature"),
    "style": (
        "deepObject",
        "delimited",
        "form",
        "headerStyle",
        "jsonParameter",
        "pathStyle",
        "reserved",
        "wholeQuery",
    ),
    "tag": ("UnknownTag",),
    "validate": ("ShapeError", "ShapeIssue", "Validator", "isValid", "issuesOf", "valid"),
    "unknown": ("OutcomeUnknownError", "Resolution"),
}
"""What generated modules use of the runtime, by module."""

MODULE_OF = {name: module for module, names in RUNTIME.items() for name in names}


@dataclass(slots=True)
class Imports:
    """What one module imports: names by specifier, types apart from values."""

    root: str = "."
    _values: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _types: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def value(self, specifier: str, name: str) -> str:
        """Import something that exists at run time; gives the name back."""
        self._values[specifier].add(name)
        return name

    def type(self, specifier: str, name: str) -> str:
        """Import a type; gives the name back."""
        self._types[specifier].add(name)
        return name

    def runtime(self, name: str) -> str:
        """Import a value of the runtime by its name alone."""
        return self.value(f"{self.root}/runtime/{MODULE_OF[name]}.js", name)

    def runtime_type(self, name: str) -> str:
        """Import a type of the runtime by its name alone."""
        return self.type(f"{self.root}/runtime/{MODULE_OF[name]}.js", name)

    def model(self, name: str) -> str:
        """Import a type of the contract."""
        return self.type(f"{self.root}/types.js", name)

    def lines(self, but: str = "") -> list[str]:
        """The import statements, one specifier each, sorted; none of the module `but` itself."""
        return [
            line
            for specifier in sorted({*self._values, *self._types} - {but})
            for line in _statement(
                specifier, self._values.get(specifier, set()), self._types.get(specifier, set())
            )
        ]


def _statement(specifier: str, values: set[str], types: set[str]) -> list[str]:
    types = types - values
    if values:
        if whole := [each for each in values if each.startswith("* as ")]:
            return [f'import {each} from "{specifier}";' for each in whole]
        head, named = "import", sorted(values) + [f"type {name}" for name in sorted(types)]
    else:
        head, named = "import type", sorted(types)
    line = f'{head} {{ {", ".join(named)} }} from "{specifier}";'
    if len(line) <= WIDTH:
        return [line]
    return [f"{head} {{", *(f"  {name}," for name in named), f'}} from "{specifier}";']
