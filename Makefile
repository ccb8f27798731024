# Few verbs: run, test, check, bench, lock, clean. Everything else is `.venv/bin/python -m cli --help`.
PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --require-hashes --no-deps --only-binary :all: --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile pyproject.toml --extra postgres --extra spss --universal --python-version 3.11 \
	--generate-hashes --only-binary :all: --no-header --no-annotate --quiet

.PHONY: run test check bench lock clean
.DEFAULT_GOAL := run

run: $(VENV)/installed
	@$(BIN)/python -m cli run $(ARGS)

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks $(ARGS)

# Pins every package by hash for Linux, macOS and Windows; `make lock ARGS=--upgrade` takes newer ones.
lock: $(VENV)/installed-dev
	$(COMPILE) $(ARGS) -o requirements.lock
	$(COMPILE) $(ARGS) -c requirements.lock --group dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: requirements.lock | $(BIN)/python
	@echo "Устанавливаю программу в папку $(VENV) — это нужно один раз и займёт несколько минут."
	@$(INSTALL) -r requirements.lock
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock | $(BIN)/python
	@echo "Устанавливаю программу и средства проверки в папку $(VENV)."
	@$(INSTALL) -r requirements-dev.lock
	@touch $@

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Не найден $(PYTHON). Установите Python 3.11 или новее."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Нужен Python 3.11 или новее, а здесь `$(PYTHON) --version 2>&1`."; \
		echo "Если новый стоит рядом, назовите его: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Не получилось создать $(VENV). В Debian и Ubuntu помогает: sudo apt install python3-venv"; exit 1; }
