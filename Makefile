# Everything that is done to this repository has a target here; CI calls `make test`.

GO      ?= go
BIN     := bin/mote
TARGET  ?= mps2-an385
EXAMPLE ?= ./examples/station

# What `make bench` measures: all suites, or SUITE=kernel and the like for one.
SUITE   ?= language kernel guard

# The modules beside the root's: the guard for Go services, its adapters and command, and the service that shows them.
MODULES := guard $(patsubst %/go.mod,%,$(wildcard guard/*/go.mod guard/*/*/go.mod examples/*/go.mod))

# The releases that the guard's own module works with beside the one of this repository.
RELEASES := go1.22.12 go1.24.9

.PHONY: build run test test-guard check lint golden conform masked std corpus bench bench-language bench-kernel bench-guard soak size deliver setup clean

build:
	$(GO) build -o $(BIN) ./cmd/mote

run: setup build
	$(BIN) run -target=$(TARGET) $(EXAMPLE)

# The whole suite, never from the test cache: it knows nothing of clang, QEMU and the programs that tests build. A tool that is
# missing in spite of setup is a failure, not a skip.
test: setup lint build
	MOTE_TOOLS=required $(GO) test -count=1 -timeout 25m ./...
	$(MAKE) --no-print-directory test-guard

# The guard with all of its modules under the race detector, and its own module with older releases of Go.
test-guard: setup
	@set -e; for m in $(MODULES); do echo "go test -race ./$$m/..."; (cd $$m && MOTE_TOOLS=required $(GO) test -p 1 -count=1 -race -timeout 10m ./...); done
	@set -e; for v in $(RELEASES); do echo "$$v test ./guard/..."; (cd guard && GOTOOLCHAIN=$$v $(GO) test -p 1 -count=1 -timeout 10m ./...); done

# What to run before a commit: seconds, and nothing but Go is needed.
check: lint
	$(GO) test -short ./...

lint:
	@files=$$(gofmt -l $$(git ls-files '*.go' ':!**/testdata/**')); if [ -n "$$files" ]; then echo "gofmt these:"; echo "$$files"; exit 1; fi
	$(GO) vet ./...
	@set -e; for m in $(MODULES); do (cd $$m && $(GO) vet ./...); done

golden: setup build
	MOTE_TOOLS=required $(GO) test $$(grep -rl --include='*_test.go' '"update"' --exclude-dir=guard . | xargs -n1 dirname | sort -u) -update
	@set -e; for d in $$(grep -rl --include='*_test.go' '"update"' guard | xargs -n1 dirname | sort -u); do (cd $$d && MOTE_TOOLS=required $(GO) test . -update); done

conform: setup build
	$(GO) run ./test/conform/runner -target mps2-an385 -o bench/out/conform-mps2-an385.txt
	$(GO) run ./test/conform/runner -target riscv-virt -o bench/out/conform-riscv-virt.txt
	$(GO) run ./test/conform/runner -errors -o bench/out/conform-errors.txt

# The standard library's own tests on a device, and those of other people's modules; both write a page in doc/.
std: setup build
	$(GO) run ./test/packages/runner -suite test/packages/std -table doc/std.md -logs bench/out/std

corpus: setup build
	$(GO) run ./test/packages/runner -suite test/packages/corpus -table doc/corpus.md -logs bench/out/corpus

bench: $(addprefix bench-,$(SUITE))

bench-language: setup build
	MOTE_TOOLS=required $(GO) test -v -run 'Budget|Instructions' ./test/budget

# The kernel against FreeRTOS and ThreadX, Thread-Metric among it; one JSON object a line in bench/out/kernel.json. The longest masked stretch
# over GOROOT/test is in it after `make masked`, which takes as long as `make conform`.
bench-kernel: setup build
	$(GO) run ./test/kernel/runner -list -masked bench/out/masked-mps2-an385.txt -o bench/out/kernel.json

# The guard: what detection and sampling take, then goodput against other libraries; about an hour, on a machine that does nothing else.
bench-guard: setup
	mkdir -p bench/out
	cd guard && $(GO) run ./modes/runner -o ../bench/out/guard-modes.json
	cd guard && $(GO) run ./watch/runner -o ../bench/out/guard-watch.json
	cd guard/report && $(GO) test -count=1 -run Modes . -args -results ../../bench/out/guard-culprits.json
	cd guard/cmd/guard && $(GO) run . bench -dir ../../bench -o ../../../bench/out

# The longest stretches of instructions with interrupts masked, over all of the Go distribution's own tests.
masked: setup build
	$(GO) run ./test/conform/runner -target mps2-an385 -opt 2 -masked bench/out/masked-mps2-an385.txt -o bench/out/conform-masked.txt

# Ten million allocations near the limit of the heap, about a minute of emulation; then a million context switches under random interrupts
# on every board.
soak: setup build
	MOTE_TOOLS=required $(GO) test -count=1 -v -timeout 30m -run Soak ./test/run -soak
	MOTE_TOOLS=required $(GO) test -count=1 -v -timeout 30m -run Soak ./test/robust -soak

size: setup build
	MOTE_TOOLS=required $(GO) test -v -run Size ./test/budget

# From the source of examples/gateway-agent to a signed bundle that a booted ARM64 Linux guest runs, sandboxed; the bundle is in bench/out/deliver.
deliver: setup build
	examples/gateway-agent/deliver.sh $(BIN) bench/out/deliver

# Installs what is missing through apt-get, and does nothing where all is there.
setup:
	@missing=""; \
	while read -r program package; do command -v $$program >/dev/null || missing="$$missing $$package"; done < .ci/tools; \
	if [ -n "$$missing" ]; then \
		sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -q && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; \
	fi

clean:
	rm -rf bin
	$(GO) run ./cmd/mote clean
