"""Northgate's package as integrators get it: packed, installed, type-checked, called, bundled."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import tarfile
from pathlib import Path

import pytest
from wireproof.emit.names import allocate
from wireproof.emit.target import EmitInput
from wireproof.emit.templates import Templates
from wireproof.emit.typescript.samples import samples
from wireproof.ir.build import build
from wireproof.ir.naming import contexts
from wireproof.source.workspace import load

from tests.emit.typescript.conftest import HERE, ROOT, STRICT, Emitted
from tests.node_tools import TYPESCRIPT_5, link, node, run, tools, tsc


def test_type_checks_strictly_and_skips_nothing(northgate: Emitted, tmp_path: Path) -> None:
    assert northgate.diagnostics == ()
    assert tsc(link(northgate.write(tmp_path)), "--noEmit") == ""


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "import hashlib, sys\n"
        "from pathlib import Path\n"
        "from tests.emit.typescript.conftest import emit_document\n"
        "files = emit_document(Path(sys.argv[1])).files\n"
        "print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())\n"
    )
    spec = str(ROOT / "spec" / "northgate.openapi.yaml")
    digests = set()
    for seed in ("0", "1", "20261122"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = run([sys.executable, "-c", program, spec], ROOT, env=env)
        assert done.returncode == 0, done.stderr
        digests.add(done.stdout)
    assert len(digests) == 1


def test_no_registry_in_any_file(northgate: Emitted) -> None:
    for path, text in northgate.files.items():
        assert "registry" not in str(text).replace("omit-lockfile-registry-resolved", ""), path
        assert 'resolved"' not in str(text), path


def test_lines_are_not_too_long(northgate: Emitted) -> None:
    for path, text in northgate.files.items():
        if path.endswith(".ts") and path != "src/validators.ts":
            long = [line for line in str(text).splitlines() if len(line) > 105]
            assert long == [], path


def test_no_blanket_ignores(northgate: Emitted) -> None:
    for path, text in northgate.files.items():
        if path.endswith(".ts") and isinstance(text, str):
            assert not re.search(r"@ts-|eslint-disable|\bany\b(?![ ,.]|\w)", _code(text)), path


def _code(text: str) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)


def test_the_tarball_holds_code_types_and_sources(tarball: Path) -> None:
    with tarfile.open(tarball) as archive:
        names = {name.removeprefix("package/") for name in archive.getnames()}
    for path in ("dist/index.js", "dist/index.d.ts", "dist/orders.js", "src/orders.ts"):
        assert path in names
    assert {"README.md", "package.json"} <= names
    assert not any(name.startswith(("node_modules", "tsconfig")) for name in names)


def test_every_subpath_is_there(consumer: Path) -> None:
    package = consumer / "node_modules" / "northgate"
    exports = json.loads((package / "package.json").read_text())["exports"]
    assert "./orders" in exports
    imports = ""
    for subpath, target in exports.items():
        if isinstance(target, dict):
            assert (package / target["types"]).is_file()
            assert (package / target["default"]).is_file()
            imports += f"await import('northgate{subpath[1:]}');\n"
    done = node(consumer, "--input-type=module", "--eval", imports)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("program", sorted(path.stem for path in HERE.glob("*.test.ts")))
def test_programs_against_the_installed_package(consumer: Path, program: str) -> None:
    flags = ("--test", "--test-reporter=spec", "--test-timeout=60000")
    done = node(consumer, *flags, f"dist/{program}.js")
    assert done.returncode == 0, done.stdout + done.stderr


CONSUMER = """
import { Northgate, createClient, decimal, type Int64 } from "northgate";
import { signature } from "northgate/auth";
import { createOrder, listOrders } from "northgate/orders";
import type { Order, OrderStatus } from "northgate/types";

const client = createClient({ auth: signature({ keyId: "k", key: { secret: "s" } }) });
const order = await createOrder(client, {
  client_order_id: "a", instrument_id: "b", side: "buy", type: "market", quantity: decimal("1"),
});
const version: Int64 = order.version;
const status: OrderStatus = "a status of tomorrow";
for await (const each of listOrders(client, { limit: undefined })) console.log(each.order_id);
const page = await new Northgate().orders.list();
const first: Order | undefined = page.data[0];
console.log(version, status, first);
const fixed = {
  client_order_id: "a", instrument_id: "b", side: "buy", type: "market", quantity: decimal("1"),
} as const;
// @ts-expect-error a number is no decimal
void createOrder(client, { ...fixed, quantity: 1 });
// @ts-expect-error nor is a string that nobody has checked
void createOrder(client, { ...fixed, quantity: "1" });
// @ts-expect-error a member that the contract does not know
void createOrder(client, { ...fixed, qty: 1 });
// @ts-expect-error what is sent is a closed list
void createOrder(client, { ...fixed, side: "hold" });
"""


@pytest.mark.parametrize("lib", [["ES2022", "DOM"], ["ES2022"]], ids=["browser", "node"])
@pytest.mark.parametrize("compiler", ["current", "5"])
def test_consumers_type_check(
    consumer: Path, tmp_path: Path, compiler: str, lib: list[str]
) -> None:
    (tmp_path / "node_modules").symlink_to(consumer / "node_modules")
    (tmp_path / "package.json").write_text('{ "type": "module" }')
    (tmp_path / "main.ts").write_text(CONSUMER)
    types = [] if "DOM" in lib else ["node"]
    options = {**STRICT, "lib": lib, "types": types, "noEmit": True}
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options}))
    if compiler == "5":
        assert tsc(tmp_path, compiler=TYPESCRIPT_5) == ""
    else:
        assert tsc(tmp_path) == ""


ONE_CALL = """
import {{ createClient }} from "northgate";
import {{ createOrder }} from "northgate/orders";
{imports}
export const place = (order) => createOrder(createClient({{ {settings} }}), order);
"""


@pytest.mark.parametrize(
    ("imports", "settings", "limit"),
    [
        ("", "", 4 * 1024),
        (
            'import { signature } from "northgate/auth";',
            'auth: signature({ keyId: "k", key: "x" })',
            6 * 1024,
        ),
    ],
    ids=["one call", "one signed call"],
)
def test_bundle_sizes(
    consumer: Path, tmp_path: Path, imports: str, settings: str, limit: int
) -> None:
    (tmp_path / "node_modules").symlink_to(consumer / "node_modules")
    (tmp_path / "main.js").write_text(ONE_CALL.format(imports=imports, settings=settings))
    esbuild = str(tools() / ".bin" / "esbuild")
    flags = ["--bundle", "--minify", "--format=esm", "--outfile=out.js", "--log-level=error"]
    done = run([esbuild, "main.js", *flags], tmp_path)
    assert done.returncode == 0, done.stderr
    size = len(gzip.compress((tmp_path / "out.js").read_bytes(), 9))
    print(f"{size} bytes gzip")
    assert size <= limit


def test_the_readme_is_true(consumer: Path, northgate: Emitted, tmp_path: Path) -> None:
    blocks = re.findall(r"```ts\n(.*?)```", northgate.text("README.md"), re.DOTALL)
    assert len(blocks) == 2
    assert len([line for line in blocks[0].splitlines() if line]) < 10
    (tmp_path / "node_modules").symlink_to(consumer / "node_modules")
    (tmp_path / "package.json").write_text('{ "type": "module" }')
    for number, block in enumerate(blocks):
        (tmp_path / f"readme{number}.ts").write_text(f"{block}\nconsole.log(result.order_id);\n")
    options = {**STRICT, "types": ["node"], "outDir": "dist"}
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options}))
    assert tsc(tmp_path) == ""
    for number in range(len(blocks)):
        done = node(tmp_path, "--import", _fake_fetch(tmp_path), f"dist/readme{number}.js")
        assert (done.returncode, done.stdout) == (0, "ord_1\n"), done.stderr


def _fake_fetch(folder: Path) -> str:
    """A transport that answers any order, put in place before the README's program starts."""
    path = folder / "fetch.mjs"
    path.write_text(
        "globalThis.fetch = async (url, init) => {\n"
        "  if (url !== 'https://api.northgate.example/v1/orders') throw new Error(url);\n"
        "  if (!JSON.parse(init.body).quantity) throw new Error(init.body);\n"
        "  return Response.json({ order_id: 'ord_1' }, { status: 201 });\n};\n"
    )
    return path.as_uri()


def test_examples_in_comments_type_check(
    consumer: Path, northgate: Emitted, tmp_path: Path
) -> None:
    calls = []
    for path in sorted(northgate.files):
        if re.fullmatch(r"src/[a-z-]+\.ts", path):
            for comment in re.findall(r"/\*\*\n(.*?)\*/", northgate.text(path), re.DOTALL):
                lines = [line.removeprefix(" *").removeprefix(" ") for line in comment.split("\n")]
                found = re.search(r"@example\n(.*?)(?=\n@|\n$|\Z)", "\n".join(lines), re.DOTALL)
                if found and "(client" in found[1]:
                    calls.append(found[1])
    assert len(calls) >= len(northgate.contract.operations)
    modules = sorted(p[4:-3] for p in northgate.files if re.fullmatch(r"src/[a-z-]+\.ts", p))
    names = {
        m: re.findall(r"export function (\w+)\(\n", northgate.text(f"src/{m}.ts")) for m in modules
    }
    program = 'import { createClient, decimal } from "northgate";\n'
    for module, functions in names.items():
        if functions:
            program += f'import {{ {", ".join(functions)} }} from "northgate/{module}";\n'
    program += "void decimal;\nconst client = createClient();\n"
    program += "".join(f"{{\n{call}\n}}\n" for call in calls)
    (tmp_path / "node_modules").symlink_to(consumer / "node_modules")
    (tmp_path / "package.json").write_text('{ "type": "module" }')
    (tmp_path / "main.ts").write_text(program)
    options = {**STRICT, "noEmit": True}
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options}))
    assert tsc(tmp_path) == ""


def test_samples_of_the_documentation_compile(consumer: Path, tmp_path: Path) -> None:
    contract = build(load(str(ROOT / "spec" / "northgate.openapi.yaml")).contract)
    names = allocate(contexts(contract), {})
    found = dict(samples(EmitInput(contract, names, Templates(), {"package": "northgate"})))
    assert list(found) == [operation.id for operation in contract.operations]
    assert "auth: fromEnvironment()" in found["createOrder"]
    assert "auth" not in found["getServerTime"]
    (tmp_path / "node_modules").symlink_to(consumer / "node_modules")
    (tmp_path / "package.json").write_text('{ "type": "module" }')
    for name, program in found.items():
        (tmp_path / f"{name}.ts").write_text(program)
    options = {**STRICT, "noUnusedLocals": True, "noEmit": True}
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options}))
    # Results are shown to nobody here; all else of a sample must be used.
    assert tsc(tmp_path) == ""


def test_commonjs_can_require_it(consumer: Path) -> None:
    program = "console.log(typeof require('northgate').createClient)"
    done = node(consumer, "--no-warnings", "--input-type=commonjs", "--eval", program)
    version = node(consumer, "--version").stdout
    if tuple(map(int, version.strip("v\n").split(".")[:2])) < (20, 19):
        pytest.skip(f"Node {version.strip()} cannot require ES modules")
    assert (done.returncode, done.stdout) == (0, "function\n"), done.stderr


def test_what_is_safe_to_repeat_is_repeated(northgate: Emitted) -> None:
    orders = northgate.text("src/orders.ts")
    assert "idempotent: false" not in orders  # DELETE and PUT are repeated in doubt
    assert 'method: "DELETE"' in orders
