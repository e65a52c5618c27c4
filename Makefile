# The only entrance for newcomers: `make demo` shows the main job, `make test` proves the house stands.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
ENGINES := $(VENV)/.engines

.PHONY: help setup engines demo test desk-postgres check lint slow proof bench docs lock clean
help:          ## what each target does
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv from the hashed lock; touches nothing outside this folder
$(STAMP): requirements/uv.txt requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Fulcrum needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip install --quiet --cache-dir $(VENV)/.uv-cache --compile-bytecode --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --cache-dir $(VENV)/.uv-cache --no-deps --no-build-isolation --editable .
	@touch $@

engines: $(ENGINES) ## the optional engines too: PostgreSQL's and Spark's clients; their tests then run
$(ENGINES): $(STAMP) requirements/engines.txt
	$(BIN)/uv pip install --quiet --cache-dir $(VENV)/.uv-cache --require-hashes -r requirements/engines.txt
	@touch $@

demo: $(STAMP) ## a simulated company, its findings and its briefs in four formats
	$(BIN)/fulcrum demo --out demo

test: $(STAMP) ## the specification, in under three minutes
	$(BIN)/pytest -m "not slow"

desk-postgres: $(ENGINES) ## the desk's tests on a real PostgreSQL, started and stopped here
	$(BIN)/python tests/on_postgres.py tests/records tests/web -m "not slow"

check: lint test slow ## format, lint, types, import rules, playbook and every test, the slow ones too

lint: $(STAMP) ## format, lint, types, import rules, playbook
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/fulcrum playbook check

slow: $(STAMP) ## the proofs and journeys that `make test` leaves out
	$(BIN)/pytest -m slow

proof: $(STAMP) ## how often every interval holds the truth, worked out anew into docs/proof.md
	$(BIN)/python tests/proof/coverage_table.py

bench: $(STAMP) ## speed and memory as ratios against peers and the physical limit
	$(BIN)/python bench/run.py

docs: $(STAMP) ## regenerate the pages that are made from the code
	$(BIN)/python docs/generate.py

lock: $(STAMP) ## renew the hashed locks (maintainers)
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 requirements/uv.in -o requirements/uv.txt
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 pyproject.toml --extra postgres --extra spark --constraint requirements/dev.txt -o requirements/engines.txt

clean: ## remove what this Makefile made
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
