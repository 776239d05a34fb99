# `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help setup report charts export test check lab practice students compiled clean

PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/ready ## set up the environment in .venv (other targets do it by themselves)
	@echo "ready: $$($(RUN) -V) with the packages of uv.lock in .venv; go on with make report, make lab or make test"

.venv/ready: pyproject.toml uv.lock
	@$(PYTHON) scripts/set_up.py
	@touch .venv/ready

report: .venv/ready ## collect, read, extract, check, build the series, run the notebooks, publish the book
	$(RUN) scripts/report.py

charts: .venv/ready ## draw every named chart with its data into build/charts
	$(RUN) scripts/build_charts.py

export: .venv/ready ## write the data as CSV, Excel, Parquet, SDMX-CSV and a data package to build/export
	$(RUN) scripts/export.py

test: .venv/ready ## pass all tests
	$(RUN) -m pytest -n auto

check: .venv/ready ## look at the style of the code
	$(RUN) -m ruff check src scripts tests
	$(RUN) -m ruff format --check src scripts tests

lab: .venv/ready ## open JupyterLab on the notebooks
	$(RUN) -m jupyterlab notebooks

practice: .venv/ready ## serve the practice portals on http://127.0.0.1:8000, to this machine only (PORT=8001: there)
	$(RUN) scripts/practice_portals.py --port $(PORT)

students: .venv/ready ## write the exercises without their solutions to build/students
	$(RUN) scripts/student_copies.py

compiled: .venv/ready ## compile reading and extraction into build/compiled, for long runs (needs gcc): PYTHONPATH=build/compiled
	$(RUN) scripts/compile_package.py

clean: ## remove what can be built again
	rm -rf build .venv .pytest_cache .ruff_cache
