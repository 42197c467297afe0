"""Which files come out, and what their templates are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wireproof.emit.cases.build import Cases
from wireproof.emit.python.codecs import Codecs
from wireproof.emit.python.credentials import Credentials, credentials, profile_constants
from wireproof.emit.python.errors import RUNTIME, ErrorIndex, ErrorView, error_views
from wireproof.emit.python.layout import Layout, layout
from wireproof.emit.python.models import models_module
from wireproof.emit.python.operations import server_url
from wireproof.emit.python.package import Package, resources
from wireproof.emit.python.params import params_module
from wireproof.emit.python.resources import ResourceWriter
from wireproof.emit.python.round_trips import FILES, cases_json
from wireproof.emit.python.spelling import Spelling
from wireproof.emit.python.synchronous import with_synchronous
from wireproof.emit.python.text import first_sentence, quoted
from wireproof.emit.python.tour import tour
from wireproof.emit.python.views import ResourceView
from wireproof.emit.target import Emission, EmitInput
from wireproof.emit.templates import Templates
from wireproof.ir.contract import Contract, HttpBinding, Operation

_CONSTRUCTOR = frozenset(
    {
        "base_url",
        "deadline",
        "default_headers",
        "default_query",
        "hooks",
        "max_retries",
        "retry",
        "self",
        "strict",
        "timeout",
        "transport",
    }
)
"""Arguments that every client's constructor has."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is decided before a file is written."""

    contract: Contract
    templates: Templates
    package: Package
    layout: Layout
    spelling: Spelling
    resources: tuple[ResourceView, ...]
    errors: tuple[ErrorView, ...]
    credentials: Credentials
    cases: Cases | None


def emit(source: EmitInput) -> Emission:
    """The Python SDK as a project: `pyproject.toml`, documentation and one package."""
    plan = planned(source)
    return Emission(dict(sorted(_files(plan))), plan.credentials.diagnostics)


def planned(source: EmitInput) -> Plan:
    """Everything that is decided before a file is written."""
    contract, package = source.contract, Package.of(source)
    wanted = source.options.get("tests", True) is not False
    operations = tuple(op for op in contract.operations if isinstance(op.binding, HttpBinding))
    found = resources(contract, operations)
    homes: dict[str, tuple[Operation, ...]] = {one.name: one.operations for one in found}
    if contract.webhooks:
        homes["webhooks"] = (*homes.get("webhooks", ()), *contract.webhooks)
    placed = layout(contract, homes)
    spelling = Spelling(contract, source.names, placed)
    codecs = Codecs(spelling)
    errors = error_views(contract, package.base_error)
    index = ErrorIndex(contract, errors)
    by_id = {operation.id: operation for operation in operations}
    views = []
    for one in found:
        writer = ResourceWriter(spelling, codecs, index, one.name)
        title = first_sentence(one.description) or f"Operations of {one.tag or package.title}."
        class_name = spelling.apart_from_types(one.class_name)
        views.append(writer.view(one.name, class_name, title, one.operations, by_id))
    return Plan(
        contract=contract,
        templates=source.templates,
        package=package,
        layout=placed,
        spelling=spelling,
        resources=tuple(views),
        errors=tuple(errors),
        credentials=credentials(contract, package.env_prefix, _CONSTRUCTOR),
        cases=(source.cases or Cases(contract)) if wanted else None,
    )


def _files(plan: Plan) -> Iterator[tuple[str, str]]:
    root = plan.package.name
    for path, text in with_synchronous(plan.templates.runtime("python")).items():
        yield f"{root}/_runtime/{path}", text
    yield f"{root}/py.typed", ""
    yield f"{root}/resources/__init__.py", '"""What the API offers, one module a resource."""\n'
    for view in plan.resources:
        text = plan.templates.render("python/resource.py.j2", resource=view)
        yield f"{root}/resources/{view.name}.py", text
    yield from _models(plan)
    yield from _params(plan)
    yield from _top(plan)
    if plan.cases is not None:
        yield from _tests(plan, plan.cases)


def _models(plan: Plan) -> Iterator[tuple[str, str]]:
    root, exported = plan.package.name, dict[str, list[str]]()
    for module, placed in plan.layout.modules("models").items():
        schemas = [schema for schema in placed if not plan.spelling.transparent(schema)]
        if schemas:
            view = models_module(plan.spelling, module, schemas)
            text = plan.templates.render("python/models.py.j2", title=module, module=view)
            yield f"{root}/models/{module}.py", text
            exported[module] = sorted(plan.spelling.names[schema] for schema in schemas)
    doc = "Models: what the API answers."
    text = plan.templates.render("python/exports.py.j2", doc=doc, exported=exported)
    yield f"{root}/models/__init__.py", text


def _params(plan: Plan) -> Iterator[tuple[str, str]]:
    root, exported = plan.package.name, dict[str, list[str]]()
    for module, schemas in plan.layout.modules("params").items():
        view = params_module(plan.spelling, module, schemas)
        if view.names:
            text = plan.templates.render("python/params.py.j2", title=module, module=view)
            yield f"{root}/params/{module}.py", text
            exported[module] = sorted(view.names)
    doc = "Parameters: nested objects that are sent."
    text = plan.templates.render("python/exports.py.j2", doc=doc, exported=exported)
    yield f"{root}/params/__init__.py", text


def _top(plan: Plan) -> Iterator[tuple[str, str]]:
    root = plan.package.name
    context = {
        "package": plan.package,
        "resources": plan.resources,
        "credentials": plan.credentials,
        "profiles": profile_constants(plan.contract),
        "errors": plan.errors,
        "runtime_errors": [name for name in RUNTIME if name not in {"ErrorTypes", "SDKError"}],
        "base_url": quoted(_server(plan.contract)),
        "has_base_url": bool(_server(plan.contract)),
        "buckets": plan.contract.rate_limits,
        "quoted": quoted,
        "tour": tour(plan.resources),
        "has_tests": plan.cases is not None,
    }
    for path, template in (
        (f"{root}/__init__.py", "python/init.py.j2"),
        (f"{root}/_settings.py", "python/settings.py.j2"),
        (f"{root}/_version.py", "python/version.py.j2"),
        (f"{root}/errors.py", "python/errors.py.j2"),
        ("pyproject.toml", "python/pyproject.toml.j2"),
        ("README.md", "python/README.md.j2"),
        ("api.md", "python/api.md.j2"),
    ):
        yield path, plan.templates.render(template, **context)
    for path, is_async in ((f"{root}/_client.py", False), (f"{root}/_async_client.py", True)):
        yield path, plan.templates.render("python/client.py.j2", **context, **{"async": is_async})


def _tests(plan: Plan, cases: Cases) -> Iterator[tuple[str, str]]:
    context = {"package": plan.package, "credentials": plan.credentials, "quoted": quoted}
    for name in FILES:
        yield f"tests/{name}", plan.templates.render(f"python/tests/{name}.j2", **context)
    yield "tests/cases.json", cases_json(plan.contract, cases, plan.resources)


def _server(contract: Contract) -> str:
    """The first absolute server URL with its variables' defaults filled in; "" without one."""
    urls = (server_url(server) for server in contract.servers)
    return next((url for url in urls if url.startswith("http")), "")
