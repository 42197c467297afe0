"""The TypeScript target: from a contract to an npm package."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.emit.cases.build import Cases
from wireproof.emit.target import Emission, EmitInput
from wireproof.emit.typescript.calls import CannotGenerate, Function
from wireproof.emit.typescript.checks import result_shapes
from wireproof.emit.typescript.declarations import Declarations
from wireproof.emit.typescript.failures import code_classes
from wireproof.emit.typescript.imports import Imports
from wireproof.emit.typescript.operations import Named
from wireproof.emit.typescript.package import quoted
from wireproof.emit.typescript.planned import planned
from wireproof.emit.typescript.readme import api, readme
from wireproof.emit.typescript.roundtrips import RoundTrips
from wireproof.emit.typescript.security import Scheme, environment, schemes
from wireproof.emit.typescript.text import docstring, entry, key, literal, prose
from wireproof.emit.typescript.validators import validators

_SKIPPED = "the rest is generated"
_BODY_OF_GET = (
    "has a body, which `fetch` refuses to send with this method",
    "callers need a transport of their own (`ClientOptions.fetch`); POST needs none",
)


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource module as the facade sees it."""

    module: str
    property: str
    class_name: str
    doc: str


def emit(given: EmitInput) -> Emission:
    """All files of the package; operations that cannot be generated are named."""
    return _Emitter(given).run()


class _Emitter:
    def __init__(self, given: EmitInput) -> None:
        self.contract = given.contract
        self.templates = given.templates
        self.custom = given.custom
        self.given = given
        self.tested = given.options.get("tests", True) is not False
        plan = planned(given)
        self.spelling = plan.spelling
        self.operations = plan.operations
        self.package = plan.package
        self.base = plan.base
        self.writer = plan.writer
        self.files: dict[str, str | bytes] = {}
        self.generated: list[Named] = []
        self.checked: dict[str, str] = {}
        self.diagnostics: list[Diagnostic] = []

    def run(self) -> Emission:
        by_module: defaultdict[str, list[Named]] = defaultdict(list)
        for operation in self.operations:
            by_module[operation.module].append(operation)
        resources = [
            self._facade_entry(operations[0])
            for module, operations in by_module.items()
            if self._resource(module, operations)
        ]
        self._models()
        self._render("validators.ts", validators=list(validators(self.spelling)))
        made = self._auth()
        self._errors()
        self._limits()
        self._facade(resources)
        self._checks()
        self._render("create.ts", base=literal(self.base) if self.base else "")
        self._render("index.ts", base=self.base)
        runtime = self.templates.runtime("typescript")
        self.files |= {f"src/runtime/{path}": text for path, text in runtime.items()}
        if self.tested:
            self._tests(made)
        self._package(made)
        return Emission(dict(sorted(self.files.items())), tuple(self.diagnostics))

    def _render(self, template: str, path: str = "", **context: object) -> None:
        text = self.templates.render(
            f"typescript/{template}.j2",
            title=self._line(self.package.title),
            version=self._line(self.package.version),
            class_name=context.pop("class_name", self.package.class_name),
            **context,
        )
        self.files[path or f"src/{template}"] = text

    @staticmethod
    def _line(text: str) -> str:
        """Contract text inside a comment of a template."""
        return " ".join(prose(text))

    def _models(self) -> None:
        imports = Imports()
        received = Declarations(self.spelling, imports)
        sent = Declarations(self.spelling, imports, sent=True)
        declared: list[str] = []
        for schema in self.spelling.names:
            type_ = self.contract.types[schema]
            declared.append(received.write(type_))
            if schema in self.spelling.inputs:
                declared.append(sent.write(type_))
        lines = imports.lines(but="./types.js")
        self._render("types.ts", imports=lines, declarations=declared or ["export {};\n"])

    def _resource(self, module: str, operations: list[Named]) -> bool:
        imports = Imports()
        functions: list[Function] = []
        interfaces = []
        for operation in operations:
            try:
                made = self.writer.functions(operation, imports)
            except (CannotGenerate, KeyError) as error:
                said = f"is left out: {error}"
                self._note(operation, "typescript-skipped", Severity.ERROR, said, _SKIPPED)
                continue
            if operation.bodied_read:
                self._note(operation, "typescript-body-of-get", Severity.WARNING, *_BODY_OF_GET)
            functions += made
            interfaces.append(self._interface(operation, imports))
            self.generated.append(operation)
        if not functions:
            return False
        tag = operations[0].signature.resource
        about = next((each.description for each in self.contract.tags if each.name == tag), "")
        self._render(
            "resource.ts",
            f"src/{module}.ts",
            doc=docstring(about or f"Operations of `{tag}`." if tag else "Operations."),
            imports=imports.lines(),
            interfaces=interfaces,
            functions=functions,
            class_name=operations[0].class_name,
        )
        return True

    def _interface(self, operation: Named, imports: Imports) -> dict[str, object]:
        members = [
            self.writer.documentation.argument(argument)
            + f"  {key(argument.name)}{'' if argument.required else '?'}: "
            + self.writer.argument_type(operation, argument, imports)
            + ("" if argument.required else " | undefined")
            + ";\n"
            for argument in operation.signature.arguments
        ]
        return {"name": operation.params, "function": operation.function, "members": members}

    def _facade_entry(self, operation: Named) -> Resource:
        tag = operation.signature.resource
        about = next((each.description for each in self.contract.tags if each.name == tag), "")
        return Resource(
            operation.module,
            operation.resource,
            operation.class_name,
            docstring(about.strip().split("\n")[0], indent="  "),
        )

    def _note(
        self, operation: Named, rule: str, severity: Severity, said: str, advice: str
    ) -> None:
        source = operation.operation
        self.diagnostics.append(
            Diagnostic(
                rule=rule,
                severity=severity,
                message=f"{source.binding.method} {source.binding.path} ({source.id}) {said}",
                span=source.origin.span,
                pointer=source.origin.pointer,
                help=advice,
            )
        )

    def _auth(self) -> list[Scheme]:
        imports = Imports()
        declared = tuple(self.contract.security_schemes.values())
        made = schemes(declared, self.package.prefix, imports)
        env = environment(made, imports)
        self._render("auth.ts", imports=imports.lines(), schemes=made, env=env)
        return made

    def _errors(self) -> None:
        imports = Imports()
        made = code_classes(self.spelling, [each.operation for each in self.operations], imports)
        if made:
            self._render("errors.ts", imports=imports.lines(), errors=made)

    def _limits(self) -> None:
        if not self.contract.rate_limits:
            return
        imports = Imports()
        for name in ("BucketSize", "Limiter"):
            imports.runtime_type(name)
        imports.runtime("tokenBuckets")
        buckets = [
            entry(each.name, f"{{ rate: {literal(each.rate)}, burst: {each.burst} }}")
            for each in self.contract.rate_limits
        ]
        self._render("limits.ts", imports=imports.lines(), buckets=buckets)

    def _checks(self) -> None:
        imports = Imports()
        self.checked = dict(result_shapes(self.spelling, self.generated))
        imports.runtime("checker")
        if any("=> types." in shape for shape in self.checked.values()):
            imports.value("./validators.js", "* as types")
        entries = [entry(name, shape) for name, shape in self.checked.items()]
        self._render("checks.ts", imports=imports.lines(), results=entries)

    def _tests(self, credentials: list[Scheme]) -> None:
        trips = RoundTrips(
            self.spelling,
            Cases(self.given.contract),
            self.generated,
            frozenset(self.checked),
            self.base,
        )
        self.files["tests/cases.json"] = trips.document(credentials)
        for name in ("support.js", "round-trips.test.js", "variations.test.js"):
            self._render(
                f"tests/{name}",
                f"tests/{name}",
                package_name=self.package.name,
                prefix=self.package.prefix,
            )

    def _facade(self, resources: list[Resource]) -> None:
        imports = Imports()
        imports.value("./create.js", "createClient")
        imports.value("./auth.js", "fromEnvironment")
        imports.runtime("environment")
        imports.runtime_type("ClientOptions")
        for resource in resources:
            imports.value(f"./{resource.module}.js", resource.class_name)
        if self.contract.rate_limits:
            imports.value("./limits.js", "rateLimits")
        base = next((each.class_name for each in resources if not each.property), "")
        if not base:
            imports.runtime_type("Client")
        self._render(
            "client.ts",
            imports=imports.lines(),
            base=base,
            resources=[each for each in resources if each.property],
            limited=bool(self.contract.rate_limits),
            prefix=self.package.prefix,
        )

    def _package(self, credentials: list[Scheme]) -> None:
        paths = sorted(
            path.removeprefix("src/").removesuffix(".ts")
            for path in self.files
            if path.startswith("src/")
            and "/runtime/" not in path
            and path not in ("src/index.ts", "src/create.ts", "src/client.ts")
        )
        made = self.package
        self._render(
            "package.json",
            "package.json",
            package=quoted(made.name),
            number=quoted(made.version),
            description=quoted(made.description),
            license=quoted(made.license) if made.license else "",
            subpaths=paths,
            custom="src/custom/index.ts" in self.custom,
            tests=self.tested,
        )
        self._render(
            "package-lock.json",
            "package-lock.json",
            package=quoted(made.name),
            number=quoted(made.version),
        )
        self._render("tsconfig.json", "tsconfig.json")
        self._render("npmrc", ".npmrc")
        documentation = self.writer.documentation
        said = readme(made, self.operations, documentation, base=self.base, made=credentials)
        types = str(self.files["src/types.ts"])
        self._render(
            "README.md",
            "README.md",
            **said,
            tests=self.tested,
            prefix=self.package.prefix,
            decimals="Decimal }" in types or "Decimal," in types,
            exact="exact.js" in types,
            limited=bool(self.contract.rate_limits),
        )
        self._render("api.md", "api.md", package_name=made.name, resources=api(self.operations))
