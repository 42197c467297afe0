"""Security schemes as functions that make credentials, and the environment that fills them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wireproof.emit.typescript.imports import MODULE_OF, Imports
from wireproof.emit.typescript.layout import braces
from wireproof.emit.typescript.text import WIDTH, docstring, identifier, literal
from wireproof.emit.words import snake
from wireproof.ir.contract import HttpSignature, OAuthFlow, SecurityScheme
from wireproof.source.node import Json


@dataclass(frozen=True, slots=True)
class Scheme:
    """One exported function of `auth.ts`.

    Attributes:
        code: The function.
        doc: Its comment.
        before: A constant that it needs.
        from_env: The statement that fills `found` from `env`; "" where that is not possible.
        variables: Names of the environment variables that it reads.
        trial: Its name and arguments for a test; None where that needs more than made-up secrets.
    """

    code: str
    doc: str = ""
    before: str = ""
    from_env: str = ""
    variables: tuple[str, ...] = ()
    trial: tuple[str, list[Json]] | None = None


def schemes(declared: Sequence[SecurityScheme], prefix: str, imports: Imports) -> list[Scheme]:
    """A function for each way of proving who calls; mutual TLS needs none."""
    writer = _Writer(imports)
    made: list[Scheme] = []
    for scheme in declared:
        own = prefix if len(declared) == 1 else f"{prefix}_{_upper(scheme.name)}"
        made += writer.scheme(scheme, own)
    if made:
        imports.runtime_type("Credential")
    return made


def environment(made: list[Scheme], imports: Imports) -> str:
    """The function that reads credentials from environment variables."""
    imports.runtime_type("Credential")
    steps = [each.from_env for each in made if each.from_env]
    if steps:
        imports.runtime("environment")
    lines = "".join(f"  {step}\n" for step in steps)
    return (
        docstring("Credentials from environment variables; none where they are not set.")
        + "export function fromEnvironment(): Credential[] {\n"
        + ("  const env = environment();\n" if steps else "")
        + f"  const found: Credential[] = [];\n{lines}  return found;\n}}\n"
    )


@dataclass(slots=True)
class _Writer:
    imports: Imports
    used: set[str] = field(default_factory=lambda: {*MODULE_OF, "fromEnvironment"})

    def scheme(self, scheme: SecurityScheme, prefix: str) -> list[Scheme]:
        kind, spoken = scheme.kind.lower(), scheme.http_scheme.lower()
        if kind == "mutualtls":
            return []
        name = self.free(identifier(scheme.name, fallback="scheme", suffix="Credential"))
        quoted = literal(scheme.name)
        if scheme.signature is not None:
            made = self.signature(scheme.signature, quoted, name, prefix)
        elif kind == "apikey":
            place = scheme.api_key_in if scheme.api_key_in in ("query", "cookie") else "header"
            more = f"{literal(place)}, {literal(scheme.api_key_name)}, key"
            call = f"{self.imports.runtime('apiKey')}({quoted}, {more})"
            made = self.secret(name, "key", call, f"{prefix}_API_KEY")
        elif kind == "http" and spoken == "basic":
            made = self.basic(name, quoted, prefix)
        elif kind == "http" and spoken != "bearer":
            call = f"{self.imports.runtime('authorization')}({quoted}, value)"
            made = self.secret(name, "value", call, f"{prefix}_AUTHORIZATION")
        else:
            call = f"{self.imports.runtime('bearer')}({quoted}, token)"
            made = self.secret(name, "token", call, f"{prefix}_TOKEN")
        doc = docstring(scheme.description or f"Credential for the scheme `{scheme.name}`.")
        return [
            replace(made, doc=doc),
            *(self.oauth(scheme, flow, name) for flow in _fetchable(scheme)),
        ]

    def secret(self, name: str, parameter: str, call: str, variable: str) -> Scheme:
        secret = self.imports.runtime_type("Secret")
        code = (
            f"export function {name}({parameter}: {secret}): Credential {{\n  return {call};\n}}\n"
        )
        access = f"env[{literal(variable)}]"
        pushed = _pushed(access, f"{name}({access})")
        return Scheme(code, from_env=pushed, variables=(variable,), trial=(name, ["secret"]))

    def basic(self, name: str, quoted: str, prefix: str) -> Scheme:
        secret = self.imports.runtime_type("Secret")
        code = (
            f"export function {name}(username: string, password: {secret}): Credential {{\n"
            f"  return {self.imports.runtime('basic')}({quoted}, username, password);\n}}\n"
        )
        variables = (f"{prefix}_USERNAME", f"{prefix}_PASSWORD")
        user, password = map(_env, variables)
        call = f"{name}({user}, {password})"
        pushed = _pushed(f"{user} && {password}", call)
        trial = (name, list[Json](("user", "secret")))
        return Scheme(code, from_env=pushed, variables=variables, trial=trial)

    def signature(self, profile: HttpSignature, quoted: str, name: str, prefix: str) -> Scheme:
        options = self.imports.runtime_type("SignatureOptions")
        kind = self.imports.runtime_type("SignatureProfile")
        facts = [
            f"scheme: {quoted}",
            f"label: {literal(profile.label)}",
            f"components: {literal(profile.components)}",
            f"optional: {literal(profile.optional_components)}",
            f"tag: {literal(profile.tag)}",
            f"window: {profile.window_seconds}",
            f"maxAhead: {profile.max_ahead_seconds}",
        ]
        constant = f"{_upper(name)}_PROFILE"
        before = braces(facts, before=f"const {constant}: {kind} = ", after=";")
        code = (
            f"export function {name}(options: {options}): Credential {{\n"
            f"  return {self.imports.runtime('httpSignature')}({constant}, options);\n}}\n"
        )
        variables = (f"{prefix}_KEY_ID", f"{prefix}_PRIVATE_KEY")
        key, private = map(_env, variables)
        call = f"{name}({{ keyId: {key}, key: {private} }})"
        pushed = _pushed(f"{key} && {private}", call)
        trial = (name, list[Json]([{"keyId": "test", "key": {"secret": "secret"}}]))
        return Scheme(code, before=before, from_env=pushed, variables=variables, trial=trial)

    def oauth(self, scheme: SecurityScheme, flow: OAuthFlow, name: str) -> Scheme:
        credentials = self.imports.runtime_type("ClientCredentials")
        given = f"{literal(scheme.name)}, {literal(flow.token_url)}, credentials"
        code = (
            f"export function {self.free(f'{name}ClientCredentials')}"
            f"(credentials: {credentials}): Credential {{\n"
            f"  return {self.imports.runtime('clientCredentials')}({given});\n}}\n"
        )
        doc = docstring("The same scheme, its tokens fetched by client credentials.")
        return Scheme(code, doc)

    def free(self, name: str) -> str:
        while name in self.used:
            name += "Credential"
        self.used.add(name)
        return name


def _fetchable(scheme: SecurityScheme) -> list[OAuthFlow]:
    return [flow for flow in scheme.flows if flow.name == "clientCredentials"]


def _pushed(condition: str, call: str) -> str:
    line = f"if ({condition}) found.push({call});"
    return line if len(line) <= WIDTH - 2 else f"if ({condition}) {{\n    found.push({call});\n  }}"


def _env(variable: str) -> str:
    return f"env[{literal(variable)}]"


def _upper(name: str) -> str:
    return snake(name).upper() or "SCHEME"
