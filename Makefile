# Works on a bare machine with Python 3.11–3.13, git and make; each target sets up what it needs.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# A name on the path may still not run (the shim of a version manager), so each one is tried.
CANDIDATES := $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3)
USABLE := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
# what a run leaves in a notebook's metadata
STRIPPED := metadata.papermill metadata.language_info.version cell.metadata.papermill cell.metadata.execution
# errors are shown, progress and notices are not
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup hooks pack test check lab docs bench lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## create .venv with the locked dependencies, the package and the Jupyter kernel

# an environment whose Python still runs is kept, unless another Python is asked for
$(STAMP): requirements.lock pyproject.toml
	@found=; for python in $(CANDIDATES); do \
		if "$$python" -c "$(USABLE)" 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "No usable Python found (tried:" $(CANDIDATES)")." >&2; \
		echo "Python 3.11, 3.12 or 3.13 with the venv module is needed. If yours has another name:" >&2; \
		echo "    make setup PYTHON=/path/to/python3.12" >&2; \
		exit 1; \
	fi; \
	if [ -n "$(PYTHON)" ] || ! $(BIN)/python -c "$(USABLE)" 2>/dev/null; then \
		echo "Creating $(VENV) with $$("$$found" --version)"; \
		"$$found" -m venv --clear $(VENV) || exit 1; \
	fi
	@echo "Installing the locked dependencies (a minute or two)"
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m varddialog.kernelspec
	@touch $@

# Git runs these from the root of the checkout. Without them it keeps outputs and compares notebooks as JSON. What is
# stripped is what .pre-commit-config.yaml says too.
hooks: $(STAMP) ## let git strip outputs, compare notebooks cell by cell, and check each commit
	@git config filter.nbstripout.clean "$(BIN)/nbstripout --keep-id"
	@git config filter.nbstripout.smudge cat
	@git config filter.nbstripout.extrakeys "$(STRIPPED)"
	@git config diff.jupyternotebook.command "$(BIN)/git-nbdiffdriver diff --ignore-outputs --ignore-details"
	@git config merge.jupyternotebook.driver "$(BIN)/git-nbmergedriver merge %O %A %B %L %P"
	@git config merge.jupyternotebook.name "notebooks, cell by cell"
	@$(BIN)/pre-commit install

pack: $(STAMP) ## build every fact pack from the embedded data, into outputs/
	$(BIN)/varddialog build

test: $(STAMP) ## run the whole test suite
	$(BIN)/pytest -n auto

check: $(STAMP) ## lint, types, floors, and params, data and notebooks
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/varddialog check

lab: $(STAMP) ## open JupyterLab on the start page, as .jupyter/ says
	JUPYTER_CONFIG_PATH="$(CURDIR)/.jupyter" $(BIN)/jupyter lab $(ARGS)

docs: $(STAMP) ## build the guide as pages that need no network
	$(BIN)/sphinx-build -q -W --keep-going -n -b html -d build/docs -c docs . site
	@echo "Open site/docs/index.html"

bench: $(STAMP) ## measure what a build costs
	$(BIN)/python bench/bench.py

lock: ## resolve the dependencies of pyproject.toml anew (needs uv on the path)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade --quiet --output-file requirements.lock

clean: ## remove the environment and caches; outputs/ is kept
	rm -rf $(VENV) build site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache lib/*.egg-info
	find lib tests bench notebooks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
