# `make demo` and `make test` are all that a fresh machine needs: Python 3.11 or newer, and this file.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Most tests wait for a page: a few more workers than cores are kept busy by what the others wait for.
JOBS ?= 3

.PHONY: help demo test lint types floors unit bench-reading wheel clean
.DEFAULT_GOAL := help

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(VENV)/.browser: $(VENV)/.installed
	$(BIN)/consentcheck install-browser
	@touch $@

demo: $(VENV)/.browser ## scan the bundled publisher site and say where the report is
	$(BIN)/consentcheck demo --out build/demo

test: lint types floors unit ## everything that CI runs

lint: $(VENV)/.installed-dev ## style and format
	$(BIN)/ruff check src tests bench scripts
	$(BIN)/ruff format --check src tests bench scripts

types: $(VENV)/.installed-dev ## mypy, strict
	$(BIN)/mypy

floors: $(VENV)/.installed-dev ## import floors
	$(BIN)/lint-imports

unit: $(VENV)/.installed-dev $(VENV)/.browser ## all tests, in a real browser where they need one
	$(BIN)/pytest -n $(JOBS) --dist loadfile

bench-reading: $(VENV)/.installed-dev ## score the reader on ../shared/corpus
	$(BIN)/python -m bench.reading

wheel: $(VENV)/.installed-dev ## build dist/*.whl
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

clean: ## remove what was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
