# Needs Go and make, nothing else: no C compiler but for the race detector.
export CGO_ENABLED = 0
GO     ?= go
BIN    := bin/classify
# Most legitimate calls of the corpus are look-alikes, far harder than ordinary
# calls: a false-alarm rate on them stands for a much lower one elsewhere.
MAX_FPR := 0.055
SOURCES := $(shell find cmd corpus classify features models -name '*.go' -o -name '*.tactic' -o -name 'classes.txt' -o -name 'variants.txt' -o -name 'default.json' -o -name 'compiled.bin' -o -name 'licences.txt')

.PHONY: run test check compiled model race licences reproducible arm64 vulnerabilities public bench bench-peers bench-train html-test fuzz soak clean

# Build the program and score the calls that ship with it.
run: $(BIN)
	@$(BIN) score cmd/classify/testdata/samples

$(BIN): $(SOURCES) go.mod go.sum
	@$(GO) build -trimpath -o $@ ./cmd/classify

test:
	$(GO) test ./...

# Compile the rules that ship anew. A program whose rules were changed since
# compiles them at every start, so only what is released need be compiled.
compiled:
	$(GO) test ./features -run '^TestCompiled$$' -count=1 -compiled compiled.bin

# Learn the default model anew from the corpus that ships.
model: compiled
	@$(MAKE) --no-print-directory $(BIN)
	$(BIN) train corpus/ --max-fpr $(MAX_FPR) -o models/default.json

# Everything that must hold before a change lands.
check: race $(BIN)
	@test -z "$$(gofmt -l cmd corpus classify features models)" || { gofmt -l cmd corpus classify features models; echo "gofmt would change these files"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(MAKE) --no-print-directory reproducible
	$(GO) test ./features -run '^TestCompiled$$' -count=1 -compiled $(CURDIR)/bin/compiled.bin
	@cmp bin/compiled.bin features/compiled.bin || { echo "features/compiled.bin is not what features/tactics gives: run make compiled"; exit 1; }
	$(BIN) tactics test
	$(BIN) audit corpus/ > bin/audit.txt || { cat bin/audit.txt; exit 1; }
	$(BIN) train corpus/ --max-fpr $(MAX_FPR) -o bin/check-model.json
	@cmp bin/check-model.json models/default.json || { echo "models/default.json is not what corpus/ gives: run make model"; exit 1; }

# The race detector needs a C compiler; without one the tests run plain. Tests
# that only take time, with one goroutine, are left to make test.
race:
	@if command -v $${CC:-cc} >/dev/null 2>&1; then \
		echo "$(GO) test -race -short ./..."; CGO_ENABLED=1 $(GO) test -race -short ./...; \
	else \
		echo "no C compiler: tests run without the race detector"; $(GO) test ./...; \
	fi

# Collect the licences of all modules in the program; a test says when they are stale.
licences:
	$(GO) test ./cmd/classify -run '^TestLicences$$' -licences

# Build again from a copy in another folder, from nothing, and compare the bytes.
reproducible:
	@mkdir -p bin; there=$$(mktemp -d); trap 'rm -rf "$$there"' EXIT; \
	cp -R cmd corpus classify features models go.mod go.sum "$$there" && \
	$(GO) build -trimpath -buildvcs=false -o bin/once ./cmd/classify && \
	(cd "$$there" && GOCACHE="$$there/cache" $(GO) build -trimpath -buildvcs=false -o twice ./cmd/classify) && \
	cmp bin/once "$$there/twice" && echo "built twice, the same bytes"

# The same bytes from another kind of processor. arm64 rounds once where
# x*y + z stands and amd64 twice; float64(x*y) + z is rounded twice on both. The
# sandbox is the kernel's, which qemu does not stand in for.
QEMU ?= qemu-aarch64-static
ARM  := GOOS=linux GOARCH=arm64
arm64: $(BIN)
	@$(ARM) $(GO) build -trimpath -o bin/classify-arm64 ./cmd/classify
	@$(GO) tool objdump -s '^callscam/' bin/classify-arm64 | awk '$$4 ~ /^FN?M(ADD|SUB)[DS]$$/ {print $$1}' | sort -u > bin/fused.txt; \
	if [ -s bin/fused.txt ]; then cat bin/fused.txt; echo "arm64 rounds once here: want float64(x*y) around the product"; exit 1; fi
	@if ! command -v $(QEMU) >/dev/null 2>&1; then echo "$(QEMU) is missing: nothing was run on arm64"; exit 0; fi; set -e; \
	for run in "native bin/classify" "arm64 $(QEMU) bin/classify-arm64"; do \
		set -- $$run; to=bin/$$1; shift; echo "train, score and measure with $$*"; \
		"$$@" train corpus/ --max-fpr $(MAX_FPR) -o $$to.json > $$to-train.txt 2>/dev/null; sed -i.old '/^written to/d' $$to-train.txt; \
		"$$@" score --output jsonl corpus/ > $$to.jsonl 2>/dev/null; \
		"$$@" evaluate corpus/zh --json $$to-report.json > $$to-report.txt 2>/dev/null; \
	done; \
	for f in .json -train.txt .jsonl -report.json -report.txt; do cmp bin/native$$f bin/arm64$$f; done; \
	echo "the same model, results and report on both"; \
	$(ARM) $(GO) test -exec $(QEMU) ./corpus ./features/... ./classify ./classify/report ./models

# Known vulnerabilities in what the program calls. Without the database of the
# Go project there is nothing to compare with, and that is said.
GOVULNCHECK ?= golang.org/x/vuln/cmd/govulncheck@v1.9.0
vulnerabilities:
	@mkdir -p bin; GOBIN=$(CURDIR)/bin $(GO) install $(GOVULNCHECK)
	@bin/govulncheck ./... > bin/vulnerabilities.txt 2>&1; status=$$?; \
	if [ $$status -ne 0 ] && [ $$status -ne 3 ] && grep -q 'fetching vulnerabilities: ' bin/vulnerabilities.txt; then \
		echo "skipped, the vulnerability database cannot be reached:"; grep 'fetching vulnerabilities: ' bin/vulnerabilities.txt; \
	else cat bin/vulnerabilities.txt; exit $$status; fi

# The figures of models/CARD.md: PUBLIC_DATA is a folder of labelled JSONL files
# with the fields source and lang. Sets of one origin are one source.
public: $(BIN)
	@test -n "$(PUBLIC_DATA)" || { echo "PUBLIC_DATA is not set: want a folder of labelled JSONL files"; exit 2; }
	$(BIN) evaluate $(PUBLIC_DATA)/*.jsonl
	grep -h '"lang": *"en"' $(PUBLIC_DATA)/*.jsonl | sed -E 's/("source": *"[a-z0-9]*)_[a-z]*"/\1"/' > bin/english.jsonl
	$(BIN) crossval --leave-out source --by source bin/english.jsonl
	grep -h '"lang": *"zh"' $(PUBLIC_DATA)/teleantifraud.jsonl > bin/chinese.jsonl
	$(BIN) crossval --leave-out source --by source bin/chinese.jsonl corpus/zh
	-$(BIN) evaluate --strict bin/chinese.jsonl
	$(BIN) redteam $(PUBLIC_DATA)/*.jsonl

# Open the HTML pages in headless Chromium, in both themes and on a telephone's
# width: no request, nothing on the console, no letters cut or lying on others.
# Pictures and prints are left in bin/pages.
CHROMIUM ?= chromium
SAMPLES  := cmd/classify/testdata/samples
html-test: $(BIN)
	@command -v $(CHROMIUM) >/dev/null || apt-get install -y --no-install-recommends chromium fonts-noto-cjk || \
		{ echo "Chromium is missing: install it, or name it, make html-test CHROMIUM=google-chrome"; exit 2; }
	@rm -rf bin/pages && mkdir -p bin/pages
	$(BIN) crossval corpus/ --html bin/pages/crossval.html > bin/pages/crossval.txt
	$(BIN) evaluate corpus/zh --by lang --html bin/pages/evaluate.html > bin/pages/evaluate.txt
	$(BIN) explain $(SAMPLES)/01-video-support.txt --html bin/pages/scam.html > /dev/null
	$(BIN) explain $(SAMPLES)/08-anti-fraud-centre.txt --html bin/pages/legit.html > /dev/null
	$(BIN) explain cmd/classify/testdata/hostile.jsonl --html bin/pages/hostile.html > /dev/null
	CHROMIUM=$(CHROMIUM) $(GO) test -tags browser -count=1 -run TestPages ./cmd/classify

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# This program beside wc, fastText and scikit-learn on the same calls.
bench-peers: $(BIN)
	@BIN=$(BIN) sh cmd/classify/testdata/bench/peers.sh "$(PUBLIC_DATA)"

# How train grows, beside one fit of scikit-learn on the same calls.
bench-train: $(BIN)
	@BIN=$(BIN) sh cmd/classify/testdata/bench/train.sh "$(PUBLIC_DATA)"

# Run every fuzz target, one after another, and tell how many inputs each tried.
FUZZTIME ?= 10m
fuzz:
	@mkdir -p bin; $(GO) test -list '^Fuzz' ./... > bin/fuzz-targets.txt || { cat bin/fuzz-targets.txt; exit 1; }
	@awk '/^Fuzz/ {t[++n] = $$1} /^ok/ {for (i = 1; i <= n; i++) print $$2, t[i]; n = 0}' bin/fuzz-targets.txt | { failed=0; \
	while read -r package target; do \
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 200x "$$package" > bin/fuzz.txt 2>&1 || { failed=1; tail -n 40 bin/fuzz.txt; }; \
		echo "$$package $$target: $$(grep -o 'execs: [0-9]*' bin/fuzz.txt | tail -n 1 | cut -c 8-) executions in $(FUZZTIME)"; \
	done; exit $$failed; }

# Feed good, damaged and hostile files to the commands in one process, and watch
# that memory, goroutines and open files stay flat.
SOAK ?= 1h
soak:
	SOAK=$(SOAK) $(GO) test ./cmd/classify -run '^TestSoak$$' -count=1 -timeout 0 -v

clean:
	rm -rf bin
