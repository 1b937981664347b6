# The commands of this repo. `make` alone lists them; the work is done by small scripts in pgrx-config/ and tests/.
# Variables: PG_CONFIG (which server), CARGO_TARGET_DIR (where to build), TESTS (which tests), DATA, SECONDS.
SHELL := /bin/bash
ifdef PG_CONFIG
export PG_CONFIG
endif
ifdef DATA
export DATA
endif
SECONDS ?= 600
C := pgrx-config
.DEFAULT_GOAL := help
.PHONY: help setup build install demo test lint test-core test-regress test-isolation test-tap test-clients \
        bench soak fuzz schema-check clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: ## install what is missing on Debian 12 (apt; Rust has to be there)
	@$C/setup.sh

build: ## release build of library and install script
	@$C/setup.sh --no-tests
	@$C/build.sh

install: ## release build into a server: make install PG_CONFIG=/path/to/pg_config
	@$C/build.sh
	@$C/install.sh

demo: ## the main job in a throw-away cluster: make demo [DATA=dir with real files]
	@$C/setup.sh --no-tests
	@$C/build.sh
	@demo/demo.sh

test: ## everything CI runs: lint, core, regress, isolation, tap, clients
	@$C/setup.sh
	@tests/all.sh

lint: ## rustfmt, clippy, cargo-deny, the house's own rules
	@tests/lint.sh

test-core: ## tests that need no server: make test-core [TESTS=filter]
	@tests/core.sh $(TESTS)

test-regress: ## SQL behaviour: make test-regress [TESTS="name ..."]
	@tests/regress.sh $(TESTS)

test-isolation: ## concurrent sessions: make test-isolation [TESTS="name ..."]
	@tests/isolation.sh $(TESTS)

test-tap: ## dump and restore, crash, replicas: make test-tap [TESTS="name ..."]
	@tests/tap.sh $(TESTS)

test-clients: ## other clients against a server: make test-clients [TESTS="name ..."]
	@tests/clients.sh $(TESTS)

schema-check: ## cargo-pgrx and our own tool make the same SQL
	@tests/schema_check.sh

bench: ## side-by-side benchmarks, writes benches/RESULTS.md
	@$C/build.sh
	@benches/run.sh

soak: ## long run of writers, checked against a recount: make soak SECONDS=600
	@SECONDS_TO_RUN=$(SECONDS) tests/soak.sh

fuzz: ## property tests with ever new cases: make fuzz SECONDS=600
	@SECONDS_TO_RUN=$(SECONDS) tests/fuzz.sh

clean: ## remove what was built
	cargo clean
