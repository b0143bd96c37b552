# The front door. Every target installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo
TESTS ?= tests

NODE := web/node_modules/.package-lock.json
WEB := src/misnomer/server/web/index.html

.PHONY: help install demo demo-data web test test-web e2e check fix contract bench wheel clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

install: $(VENV)/installed ## a virtual environment with everything for development

demo-data: install ## the demo's images, labels and predictions, made from two npm packages
	$(BIN)/python -m scripts.build_demo_data

demo: demo-data web ## build the demo project and show its pages
	$(BIN)/misnomer demo $(DEMO)

$(NODE): web/package.json web/package-lock.json
	npm --prefix web ci
	touch $@

$(WEB): $(NODE) web/index.html web/vite.config.ts $(shell find web/src web/public -type f)
	npm --prefix web run build

web: $(WEB) ## build the web app into the package

ifeq ($(TESTS),tests)
test: test-web e2e
endif
test: install ## every test, the pages in Chromium included; TESTS=tests/unit/readers for some
	$(BIN)/python -m pytest $(TESTS) --numprocesses 2

test-web: $(NODE)
	npm --prefix web test

e2e: demo-data web ## the pages in a real Chromium (Debian: apt-get install chromium)
	PYTHON=$(abspath $(BIN)/python) npm --prefix web run e2e

check: install ## what CI runs: style, types, layers, demo data, tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) $(NODE)
	npm --prefix web run contract
	git diff --exit-code -- web/src/api/schema.d.ts
	npm --prefix web run types
	npm --prefix web run lint
	$(MAKE) demo-data test

fix: install ## mend style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

contract: install ## the JSON Schema of what --json prints, openapi.json, and the web app's types from it
	$(BIN)/python -m scripts.write_contract
	npm --prefix web run contract

bench: install ## every benchmark: ratios against peers and bounds
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench,ray]'
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/handover.py build/handover
	$(BIN)/python benchmarks/scores.py
	$(BIN)/python benchmarks/coverage.py
	$(BIN)/python benchmarks/importance.py
	$(BIN)/python benchmarks/make_photos.py build/photos
	$(BIN)/python benchmarks/images.py build/photos/images
	$(BIN)/python benchmarks/odd_images.py build/photos
	$(BIN)/python benchmarks/embeddings.py build/photos/images
	$(BIN)/python benchmarks/ray_engine.py build/photos/images
	$(BIN)/python benchmarks/neighbors.py build/vectors
	$(BIN)/python benchmarks/make_duplicates.py build/duplicates
	$(BIN)/python benchmarks/duplicates.py build/duplicates
	$(BIN)/python benchmarks/label_errors.py
	$(BIN)/python benchmarks/server.py
	$(MAKE) web
	node benchmarks/first_rows.mjs --python $(abspath $(BIN)/python)

wheel: demo-data web ## a wheel in dist/ with the demo and the web app inside
	$(BIN)/python -m build --wheel

clean: ## what make made
	rm -rf $(VENV) dist build web/node_modules web/contract/node_modules src/misnomer/server/web .mypy_cache .ruff_cache .pytest_cache
