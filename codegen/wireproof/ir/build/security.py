"""Security schemes, and which of them an operation asks for."""

from __future__ import annotations

from wireproof.ir.contract import (
    HttpSignature,
    OAuthFlow,
    SchemeUse,
    SecurityAlternative,
    SecurityScheme,
)
from wireproof.ir.reading.reader import Reader
from wireproof.source.node import Node

_KINDS = frozenset({"apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"})


def security_schemes(reader: Reader, root: Node) -> dict[str, SecurityScheme]:
    """The document's security schemes by name."""
    components = reader.mapping(root.get("components"))
    if components is None:
        return {}
    found = {}
    for name, entry in reader.entries(components, "securitySchemes"):
        node = reader.mapping(entry)
        if node is not None:
            found[name] = _scheme(reader, name, node)
    return found


def _scheme(reader: Reader, name: str, node: Node) -> SecurityScheme:
    kind = reader.text(node, "type")
    if kind not in _KINDS:
        reader.report(
            "unknown-security-type",
            node,
            f"security scheme `{name}` is of unknown type {kind!r}",
            f"use one of {', '.join(sorted(_KINDS))}",
        )
    return SecurityScheme(
        name=name,
        kind=kind,
        description=reader.text(node, "description"),
        api_key_name=reader.text(node, "name") if kind == "apiKey" else "",
        api_key_in=reader.text(node, "in") if kind == "apiKey" else "",
        http_scheme=reader.text(node, "scheme").lower() if kind == "http" else "",
        bearer_format=reader.text(node, "bearerFormat") if kind == "http" else "",
        flows=_flows(reader, node) if kind == "oauth2" else (),
        openid_url=reader.text(node, "openIdConnectUrl") if kind == "openIdConnect" else "",
        oauth2_metadata_url=reader.text(node, "oauth2MetadataUrl") if kind == "oauth2" else "",
        signature=_signature(reader, node),
        deprecated=reader.flag(node, "deprecated"),
        origin=node,
    )


def _flows(reader: Reader, node: Node) -> tuple[OAuthFlow, ...]:
    found = []
    for name, entry in reader.entries(node, "flows"):
        flow = None if name.startswith("x-") else reader.mapping(entry)
        if flow is not None:
            scopes = {scope: child.value for scope, child in reader.entries(flow, "scopes")}
            found.append(
                OAuthFlow(
                    name=name,
                    authorization_url=reader.text(flow, "authorizationUrl"),
                    token_url=reader.text(flow, "tokenUrl"),
                    device_authorization_url=reader.text(flow, "deviceAuthorizationUrl"),
                    refresh_url=reader.text(flow, "refreshUrl"),
                    scopes={k: v for k, v in scopes.items() if isinstance(v, str)},
                )
            )
    return tuple(found)


def _signature(reader: Reader, node: Node) -> HttpSignature | None:
    raw = node.get("x-http-signature")
    if raw is None:
        return None
    if not isinstance(raw.value, dict):
        reader.wrong_type(raw, "a mapping")
        return None
    window = _seconds(reader, raw, "window", 5)
    return HttpSignature(
        label=reader.text(raw, "label") or "sig1",
        components=reader.texts(raw, "components"),
        optional_components=reader.texts(raw, "optional"),
        algorithms=reader.texts(raw, "algorithms"),
        tag=reader.text(raw, "tag"),
        window_seconds=window,
        max_window_seconds=_seconds(reader, raw, "max-window", window),
        max_ahead_seconds=_seconds(reader, raw, "max-ahead", 0),
        digest=reader.text(raw, "digest") or "sha-256",
    )


def _seconds(reader: Reader, node: Node, key: str, default: int) -> int:
    value = node.value.get(key, default)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    reader.wrong_type(node.get(key) or node, "a whole number of seconds")
    return default


def security(
    reader: Reader, node: Node, known: dict[str, SecurityScheme]
) -> tuple[SecurityAlternative, ...] | None:
    """The `security` of a node: alternatives; None where it states nothing."""
    if "security" not in node.value or node.value["security"] is None:
        return None
    found: list[SecurityAlternative] = []
    for element in reader.elements(node, "security"):
        if not isinstance(element.value, dict):
            reader.wrong_type(element, "a mapping")
            continue
        uses = []
        for name, scopes in element.items():
            if name not in known:
                reader.report(
                    "unknown-security-scheme",
                    scopes,
                    f"security scheme `{name}` is not declared",
                    "add it under components/securitySchemes",
                )
            uses.append(SchemeUse(name, reader.texts(element, name)))
        found.append(tuple(uses))
    return tuple(found)
