# `make` alone lists what there is to make. Every target sets up its own private .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK = deploy/locks/py$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')

# Where bytecode may not lie beside its source it lies in .venv: tests start some hundred programs, and each would
# compile all that it imports.
ifdef PYTHONDONTWRITEBYTECODE
COMPILED = PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX="$(CURDIR)/$(VENV)/bytecode"
endif

.PHONY: help demo test prove lint docs clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 10

demo: $(VENV)/.ready ## read invented pages into a database of their own and show what came of it
	@$(COMPILED) $(BIN)/zaporuka demo

test: $(VENV)/.ready-dev ## the tests, in a few minutes
	@$(COMPILED) $(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not prove"

prove: $(VENV)/.ready-dev ## longer proofs on the labelled data; prints figures
	@$(COMPILED) $(BIN)/python -m pytest -q -s -m prove

lint: $(VENV)/.ready-dev ## style, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

docs: $(VENV)/.ready-dev ## write the generated reference pages anew
	@ZAPORUKA_WRITE_DOCS=1 $(BIN)/python -m pytest -q tests/docs

clean: ## remove the private environment and caches; never touches data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.ready: pyproject.toml deploy/locks/py*.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "Python 3.11, 3.12 or 3.13 is needed, this is %d.%d. Say: make PYTHON=python3.11 ..." % v)'
	@$(PYTHON) -c 'import venv, ensurepip' || { echo "Python lacks venv. On Debian, Ubuntu and WSL: sudo apt install python3-venv"; exit 1; }
	@echo "Setting up $(VENV), once ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(LOCK).txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(LOCK)-dev.txt
	@touch $@
