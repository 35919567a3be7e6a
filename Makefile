.DEFAULT_GOAL := help
needs_swift = @command -v swift >/dev/null || \
	{ echo "error: swift is missing: install the Swift 6.3 toolchain and put it on PATH" >&2; exit 1; }
# On Linux one static executable: an idle server holds a quarter less memory than beside Swift's shared libraries, whose
# pages each have to be relocated. It exports nothing, and its own relocations are packed (glibc 2.36, as in Debian 12).
release = swift build -c release
ifeq ($(shell uname -s),Linux)
release += --static-swift-stdlib -Xswiftc -use-ld=lld -Xlinker --no-export-dynamic \
	-Xlinker -z -Xlinker pack-relative-relocs
endif
.PHONY: help run dev build test test-deep test-sanitize bench lint format migration clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install what is missing, build in release, serve on 127.0.0.1:8080
	@scripts/setup run
	$(release) --product parley
	@exec .build/release/parley serve

dev: ## Build in debug, serve on 127.0.0.1:8080; build and restart after every change of Swift or spec
	@scripts/setup run
	@exec scripts/dev

build: ## Build the server and the spec command in release
	@scripts/setup run
	$(release) --product parley
	$(release) --product spec

test: ## Install what is missing, then run every test
	@scripts/setup test
	@scripts/test

test-deep: ## Test longer: more generated requests on both engines, schemas, specs and pairs for timing; SEED= repeats a run
	@scripts/setup test
	@scripts/test build deep deepschemas deepgrammar longtiming

test-sanitize: ## Run the Swift tests under the thread and the address sanitizer (an hour)
	@scripts/setup test
	@scripts/test thread address

bench: ## Measure the figures of docs/figures.md, and what they are compared with
	@scripts/setup bench
	$(release) --product parley
	$(release) --product parley-bench
	@python3 Tests/Bench/bench.py

lint: ## Check the style of all handwritten Swift
	$(needs_swift)
	@scripts/sources | xargs -0 swift format lint --strict --parallel

format: ## Rewrite all handwritten Swift in the house style
	$(needs_swift)
	@scripts/sources | xargs -0 swift format --in-place --parallel

migration: ## Write the next migration from spec/schema.yaml
	@scripts/setup run
	swift run spec sql

clean: ## Remove everything that was built or fetched
	rm -rf .build .build-fixtures .build-sanitize
