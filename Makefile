# Everything one needs to work on this project. PYTHON names another Python than python3.

PYTHON ?= python3
SECONDS ?= 600
VENV := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test test-pages test-faults check fix bench fuzz reset lock messages translations

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | \
		sed -E 's/^([a-z-]+):.*## /\1	/' | \
		while IFS='	' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

setup:  ## Install what is needed, where it is missing
	@$(PYTHON) deploy/bootstrap.py

translations: setup
	@$(VENV)/python deploy/translations.py compile

run: translations  ## Run the demonstration; Ctrl-C stops it, its data stays
	@$(VENV)/python manage.py run_demonstration

test: translations  ## Run all tests; ARGS="-k name" for some. NO_APT=1: no system packages
	@$(PYTHON) deploy/bootstrap.py browser
	@$(VENV)/python -m pytest -n 2 $(ARGS)

test-pages: translations  ## Every page at every width, light and dark (slow)
	@$(PYTHON) deploy/bootstrap.py browser
	@$(VENV)/python -m pytest -m pages tests/journeys $(ARGS)

test-faults: translations  ## Kill workers, database and broker, fill the disk (15 minutes)
	@$(VENV)/python -m tests.faults $(ARGS)

check: translations  ## Style, types, imports, templates, migrations, production settings
	@$(VENV)/python deploy/check.py

fix: setup  ## Put right what can be put right by a machine
	@$(VENV)/ruff check --fix --quiet . || true
	@$(VENV)/ruff format --quiet .
	@$(VENV)/djlint --reformat --quiet templates || true

bench: translations  ## Measure what is hot; one JSON line a figure. SCALE=1000000 by hand
	@$(VENV)/python -m tests.bench $(if $(SCALE),--scale $(SCALE)) $(ARGS)

fuzz: setup  ## Feed the readers changed messages for SECONDS=600; needs Python 3.11-3.13
	@$(VENV)/pip install --quiet --require-hashes --requirement requirements-fuzz.lock
	@nice $(VENV)/python -m tests.fuzz $(SECONDS) $(FOLDER)

reset: setup  ## Stop the demonstration and remove its data and keys
	@$(VENV)/python manage.py reset_demonstration

lock: setup  ## Pin packages anew; ARGS=--upgrade for the newest that fit
	@$(VENV)/python deploy/lock.py $(ARGS)
	@npm install --package-lock-only --ignore-scripts

messages: setup  ## Collect texts to translate from code and templates
	@$(VENV)/python deploy/translations.py collect
