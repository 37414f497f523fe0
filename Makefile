# Set-up is automatic: every target makes .venv on first use and reuses it after that.
#   make ask            the answer to the default question; make ask Q="another question"
#   make test           all tests
# Needs Python 3.11 or newer and make. PYTHON=/path/to/python3 chooses the interpreter; pip's own settings
# (PIP_FIND_LINKS, PIP_EXTRA_INDEX_URL, pip.conf) are honoured, so a mirror or a CPU build of torch is taken from there.

Q = which units coordinate on investment promotion
VENV ?= .venv
TESTS ?= tests
TESTFLAGS ?= -n auto

# The first interpreter that is new enough; python3 itself is preferred.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

# The question reaches the shell through the environment, so that quotes and dollars in it mean nothing.
export KGPLAN_QUESTION = $(value Q)
# Spinning OpenMP barriers cost more than a second thread gives on shared cores (benchmarks/README.md).
export OMP_NUM_THREADS ?= 1

.PHONY: index ask test docs lint types wheel-check bench serve setup setup-dev constraints clean help
.DEFAULT_GOAL := help

help:
	@echo 'make ask [Q="question"]   answer a question over the built-in plan'
	@echo 'make test                 run the tests'
	@echo 'make docs                 build the documentation in build/site'
	@echo 'make lint types           ruff and mypy'
	@echo 'make wheel-check          build the wheel and use it from a clean environment'
	@echo 'make bench                print the benchmarks'
	@echo 'make index                build the built-in plan again, after a change of data or ontology'
	@echo 'make serve                the HTTP service and the page on http://127.0.0.1:8000'

ask: $(READY)
	@$(BIN)/kgplan ask -- "$$KGPLAN_QUESTION"

serve: $(READY)
	@$(BIN)/kgplan serve

index: $(READY)
	@$(BIN)/kgplan build kgplan/data/plans/thanh-hoa-2023.vi.txt -o indexes/thanh-hoa-2023 >/dev/null

test: $(READY_DEV)
	@$(BIN)/python -m pytest $(TESTFLAGS) $(TESTS)

lint: $(READY_DEV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY_DEV)
	@$(BIN)/mypy kgplan api

docs: $(READY_DEV)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir build/site
	@echo build/site/index.html

wheel-check: $(READY_DEV)
	@$(BIN)/python .ci/wheel_check.py

bench: $(READY_DEV)
	@$(BIN)/python -m benchmarks

setup: $(READY)
setup-dev: $(READY_DEV)

# torch comes first and alone: pip then takes the build the machine offers (a CPU build where one serves)
# instead of what another package's range would choose.
$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo 'kgplan needs Python 3.11 or newer: install it, or name it: make PYTHON=/path/to/python3' >&2; exit 1; }
	@echo 'Setting up $(VENV), once; this takes a minute or two …' >&2
	@$(PYTHON) -m venv $(VENV) >&2 || { echo 'Python has no working venv module; on Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@$(PIP) -c constraints.txt pip setuptools >&2
	@$(PIP) -c constraints.txt torch >&2
	@$(PIP) -c constraints.txt -e . >&2
	@touch $@

$(READY_DEV): $(READY)
	@echo 'Adding the development tools to $(VENV) …' >&2
	@$(PIP) -c constraints.txt --group dev >&2
	@touch $@

# Writes constraints.txt anew from what is installed, after an upgrade was measured and tested.
constraints: $(READY_DEV)
	@{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable --all | sed 's/+cpu$$//' | LC_ALL=C sort -f; } > constraints.tmp
	@mv constraints.tmp constraints.txt

clean:
	rm -rf $(VENV) build dist *.egg-info
