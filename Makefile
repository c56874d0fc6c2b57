# Relais: `make run` starts the assistant, `make test` passes the tests.
PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin

.PHONY: help run test test-long lint types format model lock clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(ENV)/.run ## start the assistant (in the browser; on Telegram with RELAIS_TOKEN)
	@exec $(BIN)/relais run

test: $(ENV)/.dev lint types ## pass the tests, the linters and the type checker
	$(BIN)/pytest -m "not long" -n auto --dist loadfile --max-worker-restart=0 -o faulthandler_timeout=240 -o faulthandler_exit_on_timeout=true

test-long: $(ENV)/.dev ## the long campaigns: kill loops, load
	$(BIN)/pytest -m long

lint: $(ENV)/.dev ## ruff and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: $(ENV)/.dev ## mypy, strict
	$(BIN)/mypy

format: $(ENV)/.dev ## let ruff write the code's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

model: $(ENV)/.dev ## make the weights that read questions from their phrasings and lexicon
	$(BIN)/python -m bench.ask.train

lock: $(ENV)/.dev ## pin every dependency again, with its hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and what tools left
	rm -rf $(ENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

$(ENV)/.run: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(ENV)
	@echo "Making the environment from requirements.lock (once)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(ENV)/.dev: requirements-dev.lock $(ENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
