# Two commands do all the set-up: `make demo` (the main job) and `make test`. Each makes its own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
requirements = $(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["$(1)"], sep="\n")' > $(VENV)/$(1).txt

.PHONY: demo test bench docs screenshots clean

demo: $(VENV)/.installed
	@$(BIN)/indivisible assess nordic-accession
	@echo
	@echo "Next: .venv/bin/indivisible why assess nordic-accession RUS"
	@echo "      .venv/bin/indivisible assess nordic-accession --out report.html"

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile -rs

bench: $(VENV)/.installed-dev
	@$(call requirements,bench)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/bench.txt
	$(BIN)/python benchmarks/run.py

docs: $(VENV)/.installed-dev
	$(BIN)/python docs/generate.py

# The pictures of the workbench in README and docs; needs Node and Chromium.
screenshots: $(VENV)/.installed-dev
	cd web && { [ -d node_modules ] || npm ci --no-audit --no-fund; }
	$(BIN)/python web/scripts/screenshots.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "indivisible needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed pyproject.toml
	@$(call requirements,dev)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/dev.txt
	@touch $@
