# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Python 3.11 or newer; other versions are looked for where the checks want them.
PYTHON ?= python3
LAB = PYTHONPATH=roles/lab/files .venv/bin/python -m telephony_lab

.DEFAULT_GOAL := help
.PHONY: help setup demo check test cores ee molecule bench faults docs generate lab-start lab-stop lock vendor clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.* ## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target text; do \
		printf '  make %-10s  %s\n' "$$target" "$$text"; done

setup: ## Make .venv and let the repository be found as telephony.pbx
	@$(PYTHON) dev/environments.py

demo: setup ## Start the lab, show the inventory, run the example playbooks twice, stop the lab
	@.venv/bin/python dev/demo.py

check: ## Quick checks: generator drift, ruff, mypy, yamllint, unit tests
	@$(PYTHON) dev/pipeline.py --fast

test: ## Everything that CI runs, with its own environments under .build
	@$(PYTHON) dev/pipeline.py

cores: ## Run the main tests on each supported ansible-core, 2.16 to 2.22
	@$(PYTHON) dev/pipeline.py --cores

ee: setup ## Build the execution environment with podman and run the demo in it; says so where that is skipped
	@.venv/bin/python dev/ee.py

molecule: ## Run the molecule scenarios, each in a copy of the collection
	@$(PYTHON) dev/pipeline.py --only molecule

bench: setup ## Measure tasks, inventories and paging into docs/performance.md; BENCH=--quick shows that it works
	@.venv/bin/python tests/bench/bench.py $(BENCH)

faults: setup ## Run the modules' calls into each fault that the lab knows, and write docs/faults.md
	@PYTHONPATH=.:.build/collections:roles/lab/files .venv/bin/python -m tests.faults.table $(FAULTS)

docs: ## Build the documentation site: .build/docs/html/index.html
	@$(PYTHON) dev/pipeline.py --only docs-site

generate: setup ## Write modules, doc fragments, routing and tables from the resource descriptions
	@.venv/bin/python dev/generate.py

lab-start: setup ## Start the lab; the variables to reach it go to .build/lab.env
	@umask 077 && $(LAB) start --dir .build/lab > /dev/null && $(LAB) env --dir .build/lab > .build/lab.env
	@echo 'The lab runs. To use it: set -a; . .build/lab.env; set +a'

lab-stop: setup ## Stop the lab
	@$(LAB) stop --dir .build/lab && rm -f .build/lab.env

lock: ## Write dev/requirements/locked after a change of requirements
	@$(PYTHON) dev/lock.py

vendor: ## Write the JavaScript libraries of the fleet report, as pinned in its files/vendor.json; needs npm
	@$(PYTHON) dev/vendor.py

clean: ## Remove .venv and .build
	rm -rf .venv .build
