# The archive from its sources to its site. `make site` and `make test` are all that a newcomer needs.
# Works with GNU make 3.81 and a POSIX shell, on Linux and macOS.

SEEDS ?= seeds
PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
INSTALLED := .venv/.installed
AUDIT_TOOLS := tests/audit/node_modules/.package-lock.json
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1
# The one time that MkDocs writes into the site: the same sources give the same bytes, whenever they are built.
export SOURCE_DATE_EPOCH ?= 1577836800

.PHONY: site test serve check lint bench audit lock clean

# Exit status 1: some source files have errors and are named; the others are built all the same.
site: $(INSTALLED)
	@status=0; $(BIN)/python -m generator build "$(SEEDS)" || status=$$?; \
	if [ $$status -gt 1 ]; then exit $$status; fi; \
	$(BIN)/mkdocs build --strict || exit $$?; \
	echo "网站在 site/，make serve 可预览。"; exit $$status

serve: site
	@echo "预览：http://127.0.0.1:$(PORT)/ （按 Ctrl-C 结束）"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory site $(PORT)

test: $(INSTALLED)
	@sh .ci/chromium
	$(BIN)/python -m pytest

check: lint test

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Every script of tests/bench named bench_*.py prints its own figures.
bench: $(INSTALLED)
	@for script in tests/bench/bench_*.py; do echo "== $$script"; $(BIN)/python -m "$$(echo "$${script%.py}" | tr / .)" || exit $$?; done

# Not in `make test`: minutes of big archives, Lighthouse and HTML checkers, which need Node and are installed for it alone.
audit: $(INSTALLED) $(AUDIT_TOOLS)
	@sh .ci/chromium
	$(BIN)/python -m pytest tests/audit

$(AUDIT_TOOLS): tests/audit/package-lock.json
	@command -v npm >/dev/null || { echo "make audit 需要 Node.js 20 或更新的版本。"; exit 1; }
	cd tests/audit && npm ci
	@touch $@

$(INSTALLED): requirements.lock
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新的版本。"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

# New pins in pyproject.toml come into force with this.
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet pip-tools==7.6.2
	CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --generate-hashes --extra dev --allow-unsafe \
		--strip-extras --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		-o requirements.lock pyproject.toml

# What the generator wrote is listed in docs/.generated; hand-written pages stay.
clean:
	@if [ -f docs/.generated ]; then while IFS= read -r file; do rm -f "docs/$$file"; done < docs/.generated; fi
	@rm -rf docs/.generated site .cache build
	@find docs -type d -empty -delete
