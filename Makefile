# Acht. `make` alone tells what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
RUN := $(VENV)/bin

.PHONY: help sandbox run test torture check bench migration words format clean

help:  ## what you can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

sandbox: $(VENV)/ready  ## a Slack of your own in the browser, with Acht in it: no account, no key
	@$(RUN)/acht sandbox

run: $(VENV)/ready  ## connect to your Slack (settings: .env, see .env.example)
	@$(RUN)/acht run

test: $(VENV)/ready-to-develop  ## the whole test suite
	@$(RUN)/pytest -n 2 --journeys-in-turn

torture: $(VENV)/ready-to-develop  ## kill processes while they tell 5,000 notices, and every journey on both databases (25 minutes)
	@TORTURE=full $(RUN)/pytest -n 2 -rP tests/torture
	@$(RUN)/pytest -n 2 tests/journeys

check: $(VENV)/ready-to-develop  ## format, lint, types, import contracts
	@$(RUN)/ruff format --check .
	@$(RUN)/ruff check .
	@$(RUN)/pyright
	@$(RUN)/lint-imports

bench: $(VENV)/ready-to-develop  ## measure, against bare Bolt in the same run
	@$(RUN)/python -m benchmarks

migration: $(VENV)/ready-to-develop  ## write a migration from the tables: make migration m="what changes"
	@$(RUN)/python -m bot.migrations "$(m)"

words: $(VENV)/ready-to-develop  ## bring the catalogues in bot/locales up to date with the code
	@$(RUN)/pybabel -q extract -k _ -k N_ -k plural:1,2 --no-location --sort-output --omit-header -o $(VENV)/acht.pot bot
	@for language in nl en; do \
	  $(RUN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120 -D acht -l $$language -i $(VENV)/acht.pot -d bot/locales; \
	  sed -i.old -E '/^"(Project-Id|Report-Msgid|POT-Creat|PO-Revision|Last-Tr|Language-Team|Generated)/d' bot/locales/$$language/LC_MESSAGES/acht.po; \
	  rm bot/locales/$$language/LC_MESSAGES/acht.po.old; done

format: $(VENV)/ready-to-develop  ## mend format and imports
	@$(RUN)/ruff check --fix . && $(RUN)/ruff format .

clean:  ## remove what was installed and built
	rm -rf $(VENV) dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# uv when it is there; else it is put into the environment first, with the Python that is there.
UV := $(shell command -v uv || echo $(RUN)/uv)
$(VENV)/ready: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --quiet --frozen --inexact --no-dev
	@touch $@

$(VENV)/ready-to-develop: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --quiet --frozen --inexact
	@touch $@ $(VENV)/ready

$(RUN)/uv:
	@python3 -m venv $(VENV)
	@$(RUN)/pip install --quiet --disable-pip-version-check uv
