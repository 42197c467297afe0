# Two commands do everything, set-up included: `make demo` and `make test`.

PYTHON ?= python3
BIN := .venv/bin
OURS := codegen handlers demo sdk-templates tests benchmarks
TYPED := codegen handlers demo

.PHONY: demo serve test format lint types layers contract unit generate pictures setup lock clean

demo: .make/run .make/node  ## the main job: contract -> server and SDKs -> a trade between them
	$(BIN)/python -m demo

serve: .make/run  ## Northgate on loopback, with sandbox keys; Ctrl-C ends it
	$(BIN)/python -m demo.serve

test: lint types layers contract unit  ## everything that CI checks

lint: .make/dev
	$(BIN)/ruff format --check $(OURS)
	$(BIN)/ruff check $(OURS)

types: .make/dev
	$(BIN)/mypy $(TYPED)

layers: .make/dev
	$(BIN)/lint-imports

contract: .make/dev  ## Northgate's own contract, with its own tool
	$(BIN)/wireproof lint --fail-on info
	$(BIN)/wireproof breaking
	$(BIN)/wireproof generate --check

unit: .make/dev .make/node .make/redoc
	$(BIN)/pytest -n 2 --dist worksteal -q

format: .make/dev
	$(BIN)/ruff format $(OURS)
	$(BIN)/ruff check --fix $(OURS)

generate: .make/run
	$(BIN)/wireproof generate

pictures: .make/run  ## the README's pictures, out of what the tool shows
	$(BIN)/python -m demo.pictures

setup: .make/dev .make/node .make/redoc

# The environment holds exactly what the lock files say. `dev` includes `run`.
.make/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Python 3.11 or newer is needed (make PYTHON=python3.12 ...)' >&2; exit 2; }
	$(PYTHON) -m venv .venv \
	  || { echo 'venv is missing: apt-get install python3-venv' >&2; exit 2; }
	@mkdir -p .make && touch $@

.make/run: .make/venv requirements/run.lock pyproject.toml
	@test -e .make/dev || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.make/dev: .make/venv requirements/dev.lock pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ .make/run

# TypeScript's compiler and friends. Without Node its parts are skipped, and say so.
.make/node: tests/node/package-lock.json tests/node/typescript-5/package-lock.json
	@mkdir -p .make
	@if command -v npm >/dev/null; then for folder in $(^D); do \
	    (cd $$folder && npm ci --silent --no-audit --no-fund) || exit 1; done; \
	  else echo 'Node.js is not here: the TypeScript parts will be skipped' >&2; fi
	@touch $@

# The reference page's renderer. Taken alone: it is one bundle, and what it names as dependencies
# is not needed to run it (one of them cannot be had).
REDOC := 3.0.1
REDOC_SHA256 := d9666cd5a1cb6c08c6d23f2433b025774a11354823d70357c8f506b988dac189
.make/redoc: .make/node
	@if command -v npm >/dev/null; then cd tests/node && npm pack --silent redoc@$(REDOC) >/dev/null \
	  && echo '$(REDOC_SHA256)  redoc-$(REDOC).tgz' | sha256sum --check --quiet \
	  && mkdir -p node_modules/redoc \
	  && tar -xzf redoc-$(REDOC).tgz -C node_modules/redoc --strip-components=1 \
	  && rm redoc-$(REDOC).tgz; fi
	@touch $@

lock: .make/venv  ## resolve the dependencies anew
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --extra server --extra northgate --extra sdk --group build \
	  --generate-hashes --universal --python-version 3.11 --no-annotate --no-header -q -o requirements/run.lock
	$(BIN)/uv pip compile pyproject.toml --extra server --extra northgate --extra sdk --extra verify --extra tracing \
	  --group build --group dev --generate-hashes --universal --python-version 3.11 --no-annotate \
	  --no-header -q -c requirements/run.lock -o requirements/dev.lock

clean:
	rm -rf .make .venv tests/node/node_modules dist build
