# make run    sets everything up and serves the app on http://127.0.0.1:5000 (make run PORT=5001: there)
# make test   sets everything up and runs the tests (under 10 minutes)
# make quick  the tests that need no browser and no seconds (under 60 seconds); make test-all: with the exhaustive ones, and on PostgreSQL
# make docs   writes the generated pages of docs/ anew; make bench: measures, see docs/performance.md

PYTHON ?= python3
PORT ?= 5000
BIN := .venv/bin
INSTANCE := $(or $(TARKKA_INSTANCE),instance)
MODELS := $(or $(TARKKA_MODEL_DIR),$(INSTANCE)/models)
DEMO := corpora/demo
# Tests that need a database: they run on SQLite, and again on PostgreSQL.
STORED := tests/store tests/web tests/work tests/browser tests/test_cli.py tests/test_cli_score.py tests/test_serving.py tests/test_outages.py tests/test_logs.py tests/exhaustive/test_history.py tests/exhaustive/test_killed_workers.py
# Neighbours stay together, so that what a file sets up once is not set up in both processes.
PYTEST := $(BIN)/python -m pytest -q -n 2 --dist worksteal

.PHONY: run test quick test-all lint browser model compiled docs bench clean
.DELETE_ON_ERROR:

run: .venv/app model $(INSTANCE)/demo
	@$(BIN)/python -m review serve --port $(PORT)

test: lint browser model compiled
	$(PYTEST) -m "not exhaustive"

quick: lint model compiled
	$(PYTEST) -m "not browser and not exhaustive and not slow"

test-all: lint browser model compiled
	$(PYTEST) -m "not exhaustive"
	$(PYTEST) -m exhaustive
	.ci/with-postgres $(PYTEST) -m "not exhaustive or fault" $(STORED)

lint: .venv/dev
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check . && $(BIN)/mypy

# The tests start hundreds of processes: where Python writes no bytecode, each would compile everything anew.
compiled: .venv/app
	@$(BIN)/python -m compileall -q app.py review

browser: .venv/dev
	@.ci/chromium

# The default language model, once; without it the deep checks use grammar alone.
model: .venv/app
	@TARKKA_MODEL_DIR=$(MODELS) $(BIN)/python -m review models enable smollm2 \
	  || echo "The deep checks go on without a language model; try again: $(BIN)/python -m review models enable smollm2"

docs: .venv/dev
	@$(BIN)/python docs/generate.py

bench: .venv/dev
	@for script in bench/checks.py bench/diff.py; do $(BIN)/python $$script || exit 1; done

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/app: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tarkka needs Python 3.11 or newer: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Installing what the app needs into .venv (once, about a minute) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/app requirements-dev.txt
	@echo "Installing what the tests need into .venv (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(INSTANCE)/demo: .venv/app
	@echo "Importing the demo batch …"
	@$(BIN)/python -m review import --name "Demo: the harbour of Vuorisalmi" --source-lang fi \
	  --hypothesis $(DEMO)/sys.north.en --hypothesis $(DEMO)/sys.south.en \
	  --source $(DEMO)/source.fi --reference $(DEMO)/reference.en
	@touch $@
