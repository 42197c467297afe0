"""Security schemes as functions that make credentials, and the environment that fills them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wireproof.emit.typescript.imports import MODULE_OF, Imports
from wireproof.emit.typescript.layout import braces
from wireproof.emit.typescript.text import docstring, identifier, literal
from wireproof.emit.words import snake
from wireproof.ir.contract import HttpSignature, SecurityScheme


@dataclass(frozen=True, slots=True)
class Scheme:
    """One exported function of `auth.ts`, and how the environment calls it ("" where it cannot)."""

    doc: str
    code: str
    from_env: str = ""


def schemes(declared: Iterable[SecurityScheme], prefix: str, imports: Imports) -> list[Scheme]:
    """A function for each way of proving who calls; mutual TLS needs none."""
    made: list[Scheme] = []
    used: set[str] = set(MODULE_OF)
    single = len(tuple(declared)) == 1
    for scheme in declared:
        made += _scheme(
            scheme, prefix if single else f"{prefix}_{_upper(scheme.name)}", used, imports
        )
    return made


def _scheme(scheme: SecurityScheme, prefix: str, used: set[str], imports: Imports) -> list[Scheme]:
    name = _free(identifier(scheme.name, fallback="scheme", suffix="Credential"), used)
    quoted = literal(scheme.name)
    doc = docstring(scheme.description or f"Credential for the scheme `{scheme.name}`.")
    kind = scheme.kind.lower()
    spoken = scheme.http_scheme.lower()
    if scheme.signature is not None:
        return [_signature(scheme, scheme.signature, name, doc, prefix, imports)]
    if kind == "apikey":
        place = scheme.api_key_in if scheme.api_key_in in ("query", "cookie") else "header"
        inner = f"{quoted}, {literal(place)}, {literal(scheme.api_key_name)}, key"
        return [
            _secret(
                name,
                "key",
                f"{imports.runtime('apiKey')}({inner})",
                doc,
                f"{prefix}_API_KEY",
                imports,
            )
        ]
    if kind == "http" and spoken == "basic":
        imports.runtime_type("Secret")
        imports.runtime_type("Credential")
        code = (
            f"export function {name}(username: string, password: Secret): Credential {{\n"
            f"  return {imports.runtime('basic')}({quoted}, username, password);\n}}\n"
        )
        env = (
            f"if ({_env(prefix, 'USERNAME')} && {_env(prefix, 'PASSWORD')}) {{\n"
            f"    found.push({name}({_env(prefix, 'USERNAME')}, {_env(prefix, 'PASSWORD')}));\n  }}"
        )
        return [Scheme(doc, code, env)]
    if kind == "mutualtls":
        return []
    if kind == "http" and spoken != "bearer":
        call = f'{imports.runtime("authorization")}({quoted}, async () => (typeof key === "function" ? key() : key))'
        return [_secret(name, "key", call, doc, f"{prefix}_AUTHORIZATION", imports)]
    token = _secret(
        name,
        "token",
        f"{imports.runtime('bearer')}({quoted}, token)",
        doc,
        f"{prefix}_TOKEN",
        imports,
    )
    flow = next((each for each in scheme.flows if each.name == "clientCredentials"), None)
    if flow is None:
        return [token]
    return [token, _oauth(scheme, flow.token_url, _free(f"{name}ClientCredentials", used), imports)]


def _signature(
    scheme: SecurityScheme,
    profile: HttpSignature,
    name: str,
    doc: str,
    prefix: str,
    imports: Imports,
) -> Scheme:
    imports.runtime_type("Credential")
    options = imports.runtime_type("SignatureOptions")
    imports.runtime_type("SignatureProfile")
    facts = [
        f"scheme: {literal(scheme.name)}",
        f"label: {literal(profile.label)}",
        f"components: {literal(profile.components)}",
        f"optional: {literal(profile.optional_components)}",
        f"tag: {literal(profile.tag)}",
        f"window: {profile.window_seconds}",
        f"maxAhead: {profile.max_ahead_seconds}",
    ]
    constant = f"{_upper(name)}_PROFILE"
    code = (
        braces(facts, before=f"const {constant}: SignatureProfile = ", after=";")
        + f"\n\n{doc}export function {name}(options: {options}): Credential {{\n"
        f"  return {imports.runtime('httpSignature')}({constant}, options);\n}}\n"
    )
    key, private = _env(prefix, "KEY_ID"), _env(prefix, "PRIVATE_KEY")
    env = f"if ({key} && {private}) {{\n    found.push({name}({{ keyId: {key}, key: {private} }}));\n  }}"
    return Scheme("", code, env)


def _secret(
    name: str, parameter: str, call: str, doc: str, variable: str, imports: Imports
) -> Scheme:
    imports.runtime_type("Secret")
    imports.runtime_type("Credential")
    code = f"export function {name}({parameter}: Secret): Credential {{\n  return {call};\n}}\n"
    access = f"env[{literal(variable)}]"
    return Scheme(doc, code, f"if ({access}) found.push({name}({access}));")


def _oauth(scheme: SecurityScheme, token_url: str, name: str, imports: Imports) -> Scheme:
    imports.runtime_type("Credential")
    credentials = imports.runtime_type("ClientCredentials")
    code = (
        f"export function {name}(credentials: {credentials}): Credential {{\n"
        f"  return {imports.runtime('clientCredentials')}"
        f"({literal(scheme.name)}, {literal(token_url)}, credentials);\n}}\n"
    )
    return Scheme(docstring("The same scheme with tokens fetched by client credentials."), code)


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


def _env(prefix: str, name: str) -> str:
    return f"env[{literal(f'{prefix}_{name}')}]"


def _upper(name: str) -> str:
    return snake(name).upper() or "SCHEME"


def _free(name: str, used: set[str]) -> str:
    while name in used:
        name += "Credential"
    used.add(name)
    return name
