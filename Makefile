# make install   .venv with the locked versions, and the gazetteer
# make demo      codes the examples, prints the report, and where several of them tell of one thing
# make test      every test, with coverage
# make desk      the desk's scripts and fonts, where Node is (install does it too)
# make docs      the documentation as a site, into build/site
# make dist      the wheel and the sdist, into dist/; Node is needed
# make lint      ruff and mypy
# make bench     DATA=…   speed and accuracy, into benchmarks/RESULTS.md (PEERS=python of an environment with textacy)
# make bench-large DATA=…        a million reports, a large ledger's desk, growth, a web archive, into the same
# make train     MIX=all|open DATA=…   the shipped model, from its corpora
# make events    DATA=…   the shipped model, taught the marked events anew
# make fuzz      SECONDS=600   broken inputs for every reader; what breaks one is kept in tests/fuzz/corpus (for the night)
# make hostile   N=10000   inputs made to break `sayso code`, slow it down or fill the memory, into benchmarks/hostile.json
# make audit     known weaknesses of the locked versions, by pip-audit and npm; bandit over the code (wants the network)
# make clean     what was built; .venv stays (make distclean takes it too)

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := install

PYTHON ?= python3
MIX ?= all
DATA ?= data
OUT ?= build/model-$(MIX)
ROUNDS ?= 6
SHARE ?= 1
SECONDS_OF_FUZZING = $(if $(filter file command%,$(origin SECONDS)),$(SECONDS),600)
N ?= 10000
CORES := $(shell getconf _NPROCESSORS_ONLN 2> /dev/null || echo 1)

VENV := .venv
BIN := $(VENV)/bin
# On a terminal pip shows how far it is.
PIP := $(BIN)/python -m pip --disable-pip-version-check $(if $(MAKE_TERMOUT),,--quiet)
EXAMPLES := $(wildcard examples/0*)
# The desk's scripts and fonts, where Node is there to build them; without, its pages are read without scripts.
ISLANDS := $(wildcard src/sayso/desk/assets/*.ts)
DESK := $(if $(shell command -v npm),src/sayso/desk/built/.vite/manifest.json)

.PHONY: install desk demo test docs dist lint format lock bench bench-large train events last fuzz hostile audit clean distclean

install: $(VENV)/.gazetteer $(DESK)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "sayso needs Python 3.11 or newer; say which: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.locked: requirements.lock | $(BIN)/python
	$(PIP) install --no-deps -r requirements.lock
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.locked
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.gazetteer: $(VENV)/.installed
	$(BIN)/sayso gazetteer build
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --silent
	@touch $@

src/sayso/desk/built/.vite/manifest.json: vite.config.ts node_modules/.package-lock.json tools/notices.py $(ISLANDS)
	npm run --silent build -- --logLevel warn
	$(PYTHON) tools/notices.py

desk: src/sayso/desk/built/.vite/manifest.json

# Of the same commit the same bytes: the files in them have its date (https://reproducible-builds.org/specs/source-date-epoch).
.PHONY: dist
dist: $(VENV)/.installed desk
	rm -rf dist
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} $(BIN)/python -m hatchling build

demo: install
	@$(BIN)/sayso code --format table $(EXAMPLES)
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; export SAYSO_LEDGER="$$folder/ledger.db"; \
		$(BIN)/sayso add $(EXAMPLES) > /dev/null; \
		printf '\n%s\n' 'Where they meet: incidents that at least three reports tell of (sayso add, sayso incidents)'; \
		$(BIN)/sayso incidents --least-reports 3 --format table

test: install
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --cov=sayso --cov-report=term:skip-covered
	@if command -v npm > /dev/null; then npm run --silent check && npm run --silent test; fi

docs: $(VENV)/.installed
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

format: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Writes what is installed in .venv; install what you want there first.
lock: $(VENV)/.installed
	$(BIN)/python tools/lock.py > requirements.lock.new
	mv requirements.lock.new requirements.lock
	touch $(VENV)/.locked $(VENV)/.installed $(VENV)/.gazetteer

# The figures of another model: accuracy.py --model FOLDER --figures benchmarks/figures-open.json
bench: install
	$(BIN)/python benchmarks/accuracy.py --data $(DATA) $(if $(BENCH),--bench $(BENCH))
	$(BIN)/python benchmarks/cases.py
	$(BIN)/python benchmarks/muc.py --data $(DATA)
	$(BIN)/python benchmarks/alone.py --data $(DATA)
	$(BIN)/python benchmarks/headlines.py --data $(DATA)
	$(BIN)/python benchmarks/calibration.py --data $(DATA)
	$(BIN)/python benchmarks/swaps.py && $(BIN)/python benchmarks/swaps.py --page docs/explanation/limits.md
	$(BIN)/python benchmarks/speed.py --data $(DATA) $(if $(PEERS),--peers $(PEERS))
	$(BIN)/python benchmarks/report.py

# What takes an hour and a quiet machine. The desk on PostgreSQL too: desk.py --ledger postgresql://…
bench-large: install
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/desk.py
	$(BIN)/python benchmarks/growth.py --data $(DATA)
	$(BIN)/python benchmarks/archive.py --data $(DATA)
	$(BIN)/python benchmarks/report.py

$(VENV)/.training: $(VENV)/.installed
	$(PIP) install --editable '.[train]'
	@touch $@

# Twice: what the first model reads in the corpora without syntax keeps the second from forgetting it there. Then the events.
train: $(VENV)/.training
	$(BIN)/python training/train.py --mix $(MIX) --data $(DATA) --out $(OUT)/first
	$(BIN)/python training/export.py --checkpoint $(OUT)/first/checkpoint.pt \
		--corpora $(OUT)/first/corpora-$(MIX).pickle --out $(OUT)/first/model
	$(BIN)/python training/silver.py $(OUT)/first/model $(OUT)/first/corpora-$(MIX).pickle $(OUT)/second/corpora-$(MIX).pickle
	$(BIN)/python training/train.py --mix $(MIX) --data $(DATA) --out $(OUT)/second --start $(OUT)/first/checkpoint.pt
	$(MAKE) last START=$(OUT)/second/checkpoint.pt CORPORA=$(OUT)/second/corpora-$(MIX).pickle

# The last leg from the shipped weights, and the mean of both: what it takes to teach the model more marks.
events: ROUNDS := 3
events: SHARE := 0.7
events: $(VENV)/.training
	$(BIN)/python training/restore.py src/sayso/language/model --out $(OUT)/shipped
	$(BIN)/python training/corpora.py --mix $(MIX) --data $(DATA) --out $(OUT)/read.pickle
	$(BIN)/python training/silver.py src/sayso/language/model $(OUT)/read.pickle $(OUT)/corpora.pickle
	$(MAKE) last START=$(OUT)/shipped/checkpoint.pt CORPORA=$(OUT)/corpora.pickle ROUNDS=$(ROUNDS) SHARE=$(SHARE)

last:
	mkdir -p $(OUT)/last && cp $(CORPORA) $(OUT)/last/corpora-$(MIX).pickle
	$(BIN)/python training/train.py --mix $(MIX) --data $(DATA) --out $(OUT)/last --start $(START) --last --rounds $(ROUNDS) --rate 0.6
	$(BIN)/python training/blend.py $(START) $(OUT)/last/checkpoint.pt --share $(SHARE) --out $(OUT)/blend
	$(BIN)/python training/export.py --checkpoint $(OUT)/blend/checkpoint.pt --corpora $(CORPORA) --out src/sayso/language/model
	$(BIN)/python training/judge.py --data $(DATA) --model src/sayso/language/model

fuzz: install
	$(BIN)/python tools/fuzzing.py --seconds $(SECONDS_OF_FUZZING)

hostile: install
	$(BIN)/python tools/hostile.py --number $(N) --processes $(CORES) --figures benchmarks/hostile.json

# In an environment of its own: what audits is no dependency of ours.
build/audit/bin/pip-audit:
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip --disable-pip-version-check --quiet install pip-audit bandit

audit: build/audit/bin/pip-audit
	build/audit/bin/pip-audit --requirement requirements.lock --no-deps --disable-pip
	@if command -v npm > /dev/null; then npm audit; fi
	build/audit/bin/bandit --quiet --recursive --severity-level medium --skip B104,B301,B608 src

clean:
	rm -rf build dist src/sayso/desk/built .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests training benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV) node_modules
