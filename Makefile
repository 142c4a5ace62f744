# Two commands: `make serve` and `make test`. Each sets up its own environment.
PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
BIN := $(VENV)/bin
.PHONY: serve test check bench bench-gate bench-export bench-endpoint mutate format lint types layers data docs setup clean
.DEFAULT_GOAL := help

help:
	@echo 'make serve   load the graph and serve it at http://127.0.0.1:$(PORT)/'
	@echo 'make test    run the tests'
	@echo 'make check   format, lint, types, layers, tests, data and docs, as in CI'
	@echo 'make bench   benchmarks, with ratios against peers'

$(VENV)/serve: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "stigraph needs Python 3.11 or later; try: make $(MAKECMDGOALS) PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q src  # as an installed package is: half the start of a command
	@touch $@

$(VENV)/dev: pyproject.toml $(VENV)/serve
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

setup: $(VENV)/dev

serve: $(VENV)/serve
	$(BIN)/stigraph serve --port $(PORT)

test: $(VENV)/dev
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: format lint types layers test data docs

format: $(VENV)/dev
	$(BIN)/ruff format --check src tests docs benchmarks

lint: $(VENV)/dev
	$(BIN)/ruff check src tests docs benchmarks
	$(BIN)/validate-pyproject pyproject.toml

types: $(VENV)/dev
	$(BIN)/mypy

layers: $(VENV)/dev
	$(BIN)/lint-imports

data: $(VENV)/dev
	$(BIN)/stigraph fmt --check
	$(BIN)/stigraph validate
	@if [ -d ../shared/seeds ]; then \
	  $(BIN)/stigraph validate --sources ../shared/seeds && $(BIN)/stigraph coverage --sources ../shared/seeds; \
	else echo 'source texts not at hand: evidence was not compared with them'; fi

docs: $(VENV)/dev
	$(BIN)/mkdocs build --strict --quiet

bench-export: $(VENV)/dev
	$(BIN)/python -m benchmarks.export

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

bench-endpoint: $(VENV)/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check oxigraph rdflib-endpoint
	$(BIN)/python -m benchmarks.endpoint

bench-gate: $(VENV)/dev
	$(BIN)/python -m benchmarks.gate
	$(BIN)/python -m benchmarks.repository

mutate: $(VENV)/dev
	$(BIN)/python -m tests.mutation

clean:
	rm -rf $(VENV) site dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
