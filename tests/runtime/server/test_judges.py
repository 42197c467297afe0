"""Other tools judge the server: openapi-core request by request, schemathesis at length."""

import json

import pytest
import schemathesis
import yaml
from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse
from schemathesis.engine import events

GOOD = {"side": "buy", "quantity": "0.25", "legs": [1]}


class Orders:
    """A tiny book."""

    def __init__(self, models):
        self.models = models

    def order(self, order_id, body=None):
        note = body.note if body is not None else None
        return self.models.Order(
            order_id=order_id,
            side=body.side if body else "buy",
            quantity=body.quantity if body else "1",
            note=note,
        )

    async def list(self, _, *, ids=None, **_filters):
        return [self.order(n) for n in (ids or [])]

    async def create(self, _, body):
        return self.order(1, body)

    async def get(self, _, order_id):
        return self.order(order_id)

    async def cancel(self, _, order_id):
        assert order_id > 0


@pytest.fixture(scope="module")
def judged(generate_package):
    package = generate_package("judged")

    async def by_token(token, _context):
        return package.Identity("alice") if token == "good" else None

    return package.create_app(
        package.Handlers(orders=Orders(package.models)),
        auth=package.Auth(token=by_token),
        validate_responses=package.ALWAYS,
    )


@pytest.fixture(scope="module")
def contract(contract_path):
    return yaml.safe_load(contract_path("judged").read_text())


REQUESTS = [
    ("GET", "/orders", {}, None),
    ("GET", "/orders", {"status": "open", "limit": "500"}, None),
    ("GET", "/orders", {"status": "shut"}, None),
    ("GET", "/orders", {"limit": "0"}, None),
    ("GET", "/orders", {"limit": "501"}, None),
    ("GET", "/orders", {"limit": "x"}, None),
    ("GET", "/orders", {"ids": "1,2"}, None),
    ("GET", "/orders", {"ids": "1,x"}, None),
    ("GET", "/orders/7", {}, None),
    ("GET", "/orders/0", {}, None),
    ("GET", "/orders/x", {}, None),
    ("POST", "/orders", {}, GOOD),
    ("POST", "/orders", {}, {**GOOD, "note": None}),
    ("POST", "/orders", {}, {**GOOD, "note": "x" * 11}),
    ("POST", "/orders", {}, {**GOOD, "quantity": 1}),
    ("POST", "/orders", {}, {**GOOD, "quantity": "1."}),
    ("POST", "/orders", {}, {**GOOD, "ratio": 0}),
    ("POST", "/orders", {}, {**GOOD, "ratio": 0.5}),
    ("POST", "/orders", {}, {**GOOD, "ratio": 1.5}),
    ("POST", "/orders", {}, {**GOOD, "ratio": "0.5"}),
    ("POST", "/orders", {}, {**GOOD, "venue": {"name": "x", "parent": {"name": "y"}}}),
    ("POST", "/orders", {}, {**GOOD, "venue": {"name": "x", "parent": {"name": ""}}}),
    ("POST", "/orders", {}, {**GOOD, "legs": []}),
    ("POST", "/orders", {}, {**GOOD, "legs": [1, 1]}),
    ("POST", "/orders", {}, {**GOOD, "legs": [1, 2, 3, 4]}),
    ("POST", "/orders", {}, {**GOOD, "when": "2026-02-29"}),
    ("POST", "/orders", {}, {**GOOD, "when": "2028-02-29"}),
    ("POST", "/orders", {}, {**GOOD, "side": None}),
    ("POST", "/orders", {}, {**GOOD, "zz": 1}),
    ("POST", "/orders", {}, {"side": "buy"}),
    ("POST", "/orders", {}, []),
    ("POST", "/orders", {}, None),
]


@pytest.mark.parametrize(("method", "path", "query", "body"), REQUESTS)
def test_openapi_core_agrees(judged, contract, client_of, method, path, query, body):  # noqa: PLR0917 - fixtures and one row of the table
    data = None if body is None else json.dumps(body).encode()
    config = Config(extra_media_type_deserializers={"application/problem+json": json.loads})
    judge = OpenAPI.from_dict(contract, config=config)
    request = MockRequest("http://localhost", method.lower(), path, args=query, data=data or b"")
    try:
        judge.validate_request(request)
    except OpenAPIError:
        valid = False
    else:
        valid = True
    target = f"{path}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else path
    answer = client_of(judged)(method, target, body=data or b"")
    assert (answer.status < 400) == valid, answer.body
    content_type = answer.field("content-type")
    response = MockResponse(answer.body, status_code=answer.status, content_type=content_type)
    judge.validate_response(request, response)


def test_schemathesis_finds_nothing(judged, contract):
    """Every check and phase, generated requests good and bad, stateful ones included."""
    schema = schemathesis.openapi.from_dict(contract)
    schema.app = judged
    schema.config.generation.update(max_examples=10)
    schema.config.seed = 7
    failures, errors, scenarios = [], [], 0
    for event in schemathesis.engine.from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            errors.append(event)
        if isinstance(event, events.ScenarioFinished):
            scenarios += 1
            for checks in event.recorder.checks.values():
                failures += [
                    (check.name, check.failure_info.failure.message, check.failure_info.code_sample)
                    for check in checks
                    if check.failure_info is not None
                ]
    assert (failures, errors) == ([], [])
    assert scenarios > len(contract["paths"])
