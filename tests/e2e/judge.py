"""openapi-core's opinion of requests and responses, signatures included."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.security.exceptions import SecurityProviderError
from openapi_core.security.factories import SecurityProviderFactory
from openapi_core.security.providers import BaseProvider
from werkzeug.datastructures import Headers, ImmutableMultiDict

from tests.e2e.recorder import Exchange
from tests.service.contract_reading import SPEC, operations

HOST = "https://api.northgate.example"
_INPUT = re.compile(r"(?P<label>\w+)=\((?P<components>[^)]*)\)(?P<parameters>(?:;[^;]+)+)")
_PARAMETERS = ["created", "expires", "nonce", "keyid", "alg", "tag"]


class SignatureProvider(BaseProvider):
    """The scheme `signature`: what `x-http-signature` asks of a request's fields.

    Whether the signature is right is for the server to say, which holds the key.
    """

    def __call__(self, parameters: RequestParameters) -> str:
        profile = (self.scheme / "x-http-signature").read_value()
        match = _INPUT.fullmatch(parameters.header.get("Signature-Input", ""))
        if match is None:
            raise SecurityProviderError("no Signature-Input, or not of this form")
        signed = re.findall(r'"([^"]+)"', match["components"])
        wanted = [
            name
            for name in profile["components"]
            if name not in profile["optional"] or name in parameters.header
        ]
        members = dict(each.split("=", 1) for each in match["parameters"][1:].split(";"))
        life = int(members["expires"]) - int(members["created"])
        sound = (
            match["label"] == profile["label"]
            and signed == wanted
            and list(members) == _PARAMETERS
            and members["alg"].strip('"') in profile["algorithms"]
            and members["tag"] == f'"{profile["tag"]}"'
            and 0 < life <= profile["max-window"]
            and parameters.header["Signature"].startswith(f"{profile['label']}=:")
        )
        if not sound:
            raise SecurityProviderError(f"not the profile: {match[0]}")
        return members["keyid"]


class _Providers(SecurityProviderFactory):
    def create(self, scheme: Any) -> Any:
        if (scheme / "scheme").read_str() == "signature":
            return SignatureProvider(scheme)
        return super().create(scheme)


class Judge:
    """Raises what openapi-core finds wrong with an exchange; counts what it found right."""

    def __init__(self) -> None:
        config = Config(
            extra_media_type_deserializers={"application/problem+json": json.loads},
            security_provider_factory=_Providers(),
        )
        self._openapi = OpenAPI.from_file_path(str(SPEC), config=config)

    def __call__(self, exchange: Exchange) -> None:
        fields = Headers(exchange.request_fields)
        request = _Request(
            HOST,
            exchange.path,
            exchange.method.lower(),
            fields.get("content-type", ""),
            exchange.request_body or None,
            RequestParameters(
                query=ImmutableMultiDict(parse_qsl(exchange.query, keep_blank_values=True)),
                header=fields,
            ),
        )
        answered = Headers(exchange.response_fields)
        response = _Response(
            exchange.status,
            answered.get("content-type", ""),
            answered,
            exchange.response_body,
        )
        self._openapi.validate_request(request)
        self._openapi.validate_response(request, response)


def operation_of(exchange: Exchange) -> str:
    """The operation that a request calls: fixed paths before templates."""
    found = sorted(
        (each.path.count("{"), each.id)
        for each in operations()
        if each.method == exchange.method.lower()
        and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", each.path), exchange.path)
    )
    return found[0][1]


@dataclass
class _Request:
    host_url: str
    path: str
    method: str
    content_type: str
    body: bytes | None
    parameters: RequestParameters


@dataclass
class _Response:
    status_code: int
    content_type: str
    headers: Headers
    data: bytes
