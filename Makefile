# The commands of this repo. `make` alone lists them; the work is done by small scripts in pgrx-config/ and tests/run/.
# Variables: PG_MAJOR or PG_CONFIG (which server), CARGO_TARGET_DIR (where to build), TESTS (which tests: SYSTEM/NAME, SYSTEM, or NAME), JOBS (how many at a time), DATA, SECONDS, RUNS.
SHELL := /bin/bash
ifdef PG_CONFIG
export PG_CONFIG
endif
ifdef PG_MAJOR
export PG_MAJOR
endif
ifdef RUNS
export RUNS
endif
ifdef DATA
export DATA
endif
ifdef SERVERS
export SERVERS
endif
ifdef RUNNERS
export RUNNERS
endif
ifdef TESTS
export TESTS
endif
SECONDS ?= 600
C := pgrx-config
.DEFAULT_GOAL := help
.PHONY: help setup build install demo test lint test-core test-regress test-isolation test-models test-oracle test-real \
        test-example test-tap test-versions test-servers test-bare test-packages deb dist test-clients test-docs bench compare sizing soak steady strangers asan valgrind sqlsmith fuzz fuzz-symbols freeze schema-check counts clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: ## install what is missing on Debian 12, 13 or testing (apt; Rust has to be there)
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
	@tests/run/all.sh

lint: ## rustfmt, clippy, cargo-deny, the house's own rules
	@tests/run/lint.sh

test-core: ## tests that need no server: make test-core [TESTS=filter]
	@tests/run/core.sh $(TESTS)

test-regress: ## SQL behaviour: make test-regress [TESTS="house/settings prospects ..."]
	@tests/run/regress.sh $(TESTS)

test-isolation: ## concurrent sessions: make test-isolation [TESTS="name ..."]
	@tests/run/isolation.sh $(TESTS)

test-real: ## the real files of DYNASTY_DATA, if they are there
	@tests/run/real.sh

test-oracle: ## season statistics, features and labels against plain Python
	@tests/run/oracle.sh $(TESTS)

test-models: ## models against the libraries that make them (PyPI, a virtual environment under target/)
	@tests/run/models.sh

test-example: ## a small system (examples/system) through a system's life: installed, dumped, upgraded, dropped
	@tests/run/example.sh

test-tap: ## dump and restore, crash, replicas: make test-tap [TESTS="name ..."]
	@tests/run/tap.sh $(TESTS)

test-versions: ## type-check for the servers that are to follow, 16 to 18 (not part of make test)
	@tests/run/versions.sh

test-servers: ## 17 and 18 in roots of newer Debians: make test-servers [SERVERS="17 18"] [RUNNERS="regress isolation tap"] [TESTS="..."]
	@tests/run/servers.sh

test-bare: ## make demo and make test in a fresh root of a Debian: make test-bare [SUITES="bookworm trixie forky"]
	@tests/run/bare.sh $(SUITES)

deb: ## a Debian package of the built extension for its server, under target/packages
	@$C/build.sh
	@$C/deb.sh

dist: ## what a release consists of: PGXN archive, sources with vendored crates, SBOM, checksums, under target/packages
	@$C/dist.sh

test-packages: ## make deb and make dist, and each of them installed, used and removed in fresh roots
	@tests/run/packages.sh

test-clients: ## other clients against a server: make test-clients [TESTS="name ..."]
	@tests/run/clients.sh $(TESTS)

freeze: ## keep the scripts of a release for ever: make freeze RELEASE=1.0 [AGAIN=again]
	@$C/freeze.sh $(RELEASE) $(AGAIN)

schema-check: ## cargo-pgrx and our own tool make the same SQL
	@tests/run/schema_check.sh

bench: ## side-by-side benchmarks, writes benches/RESULTS.md
	@$C/build.sh
	@benches/run.sh

compare: ## the hot paths of an earlier revision and of this one, side by side: make compare OLD=main, writes benches/COMPARE.md
	@benches/compare.sh $(OLD)

sizing: ## bytes per row of every table, measured in a simulated league
	@benches/sizing.sh

test-docs: ## the SQL in README.md and docs/ runs: make test-docs [TESTS="docs/prospects/labels.md ..."]
	@tests/run/docs.sh $(TESTS)

sqlsmith: ## random queries by SQLsmith, looking for crashes: make sqlsmith SECONDS=60
	@SECONDS_TO_RUN=$(SECONDS) tests/run/sqlsmith.sh

steady: ## tests again and again beside busy loops: make steady RUNS=10 [TESTS="tap/house/025_cancel isolation/prospects ..."]
	@tests/run/steady.sh $(TESTS)

soak: ## writers, readers, refreshes and cancels, then everything checked: make soak SECONDS=600
	@SECONDS_TO_RUN=$(SECONDS) tests/run/soak.sh

strangers: ## somebody else's objects on our tables, at random: make strangers SECONDS=600
	@STRANGERS_SECONDS=$(SECONDS) tests/run/tap.sh 050_strangers_objects

asan: ## SQL behaviour with the library built for AddressSanitizer: make asan [TESTS="name ..."]
	@tests/run/asan.sh $(TESTS)

valgrind: ## some of it with the server under valgrind: make valgrind [TESTS="name ..."]
	@tests/run/valgrind.sh $(TESTS)

fuzz: ## hostile documents and rows, property tests with ever new cases: make fuzz SECONDS=600
	@SECONDS_TO_RUN=$(SECONDS) tests/run/fuzz.sh

fuzz-symbols: ## every C symbol called through SQL in wrong ways: make fuzz-symbols SECONDS=600
	@SECONDS_TO_RUN=$(SECONDS) tests/run/tap.sh 034_symbols

counts: ## how many tests there are, and the least there have to be
	@tests/run/counts.sh

clean: ## remove what was built
	cargo clean
