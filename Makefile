# Foyer. The two commands a newcomer needs: make run, make test.

GO     ?= go
# The same for the binary, the tests and the checks, so that nothing is compiled twice.
export CGO_ENABLED := 0
export GOFLAGS := $(shell $(GO) env GOFLAGS) -trimpath
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' -not -path 'web/packed/*' 2>/dev/null)
GO_SOURCES  := $(shell find . -name '*.go' -not -path './web/node_modules/*' 2>/dev/null) $(wildcard migrations/*.sql) go.mod go.sum

.PHONY: run build test lint generate screenshots bench chaos proof clean

## run: build everything, start with the embedded database and sample people
run: build
	./bin/foyer serve --demo

## build: the front ends and one static binary, bin/foyer
build: bin/foyer

bin/foyer: .cache/web.packed $(GO_SOURCES)
	$(GO) build -ldflags "-s -w -X main.version=$(VERSION)" -o $@ ./cmd/foyer

.cache/web.installed: web/package-lock.json
	cd web && npm ci --ignore-scripts --no-audit --no-fund
	@mkdir -p $(@D) && touch $@

.cache/web.built: .cache/web.installed $(WEB_SOURCES)
	cd web && npm run build
	@mkdir -p $(@D) && touch $@

.cache/web.packed: .cache/web.built web/pack/main.go
	$(GO) run ./web/pack
	@mkdir -p $(@D) && touch $@

## test: every test of every kind; installs and starts what it needs
test:
	scripts/test

## lint: formatting, vet, static checks, types
lint: .cache/web.installed
	scripts/lint

## generate: the files made from the code (API document, types for the front ends, schema)
generate:
	$(GO) test ./app ./platform/db -run 'Generated|Golden' -update

## screenshots: pictures of the widget in its states, in .cache/screenshots
screenshots: build
	cd test/browser && npm ci --ignore-scripts --no-audit --no-fund --silent && node widget-screenshots.mjs

## bench: speed and memory against limits measured in the same run
bench: build
	scripts/bench

## chaos: the long run of kills (make test has a short one)
chaos: build
	scripts/with-services $(GO) test ./test/chaos -count=1 -timeout 60m -run Chaos -kills 200 -v

## proof: the long run of random sequences, of several nodes and of webhooks that wait when the server is killed (make test has short ones)
proof: build
	scripts/with-services $(GO) test ./test/chaos -count=1 -timeout 60m -run Webhooks -deliveries 10000 -v
	scripts/with-services $(GO) test ./test/nodes -count=1 -timeout 60m -chats 1000 -v
	scripts/with-services $(GO) test ./test/model -count=1 -timeout 10h -run Random -sequences 10000 -v

clean:
	rm -rf bin .cache web/dist/widget web/dist/console web/dist/demo web/dist/reference web/packed/*.zip
