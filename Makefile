# Needs Go and make, nothing else: no C compiler but for the race detector.
export CGO_ENABLED = 0
GO     ?= go
BIN    := bin/classify
SOURCES := $(shell find cmd corpus classify features models -name '*.go' -o -name '*.tactic' -o -name 'classes.txt' -o -name 'variants.txt' -o -name 'default.json')

.PHONY: run test check model audit tactics race bench fuzz clean

# Build the program and score the calls that ship with it.
run: $(BIN)
	@$(BIN) score cmd/classify/testdata/samples

$(BIN): $(SOURCES) go.mod go.sum
	@$(GO) build -trimpath -o $@ ./cmd/classify

test:
	$(GO) test ./...

# Learn the default model anew from the corpus that ships.
model: $(BIN)
	$(BIN) train corpus/ -o models/default.json

# Everything that must hold before a change lands.
check: race
	@test -z "$$(gofmt -l cmd corpus classify features models)" || { gofmt -l cmd corpus classify features models; echo "gofmt would change these files"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) run ./cmd/classify tactics test
	$(GO) run ./cmd/classify train corpus/ -o bin/check-model.json
	@cmp bin/check-model.json models/default.json || { echo "models/default.json is not what corpus/ gives: run make model"; exit 1; }

# The race detector needs a C compiler; without one the tests run plain.
race:
	@if command -v $${CC:-cc} >/dev/null 2>&1; then \
		echo "$(GO) test -race ./..."; CGO_ENABLED=1 $(GO) test -race ./...; \
	else \
		echo "no C compiler: tests run without the race detector"; $(GO) test ./...; \
	fi

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

clean:
	rm -rf bin
