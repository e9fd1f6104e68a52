# Two commands do it all on a fresh machine: `make demo` and `make test`.
# Node 24 comes with the npm package `node`: npm's scripts find it first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MODULES := node_modules/.package-lock.json

.PHONY: help setup system demo test check bench serve clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: $(MODULES) system ## install packages, and redis-server and python3 where they are missing

$(MODULES): package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

system:
	@scripts/install-system.sh

demo: setup ## the main job on real input; ONESHOT=1 ends by itself, PEOPLE=n changes the crowd
	@npm run --silent demo -- $(if $(ONESHOT),--oneshot) $(if $(PEOPLE),--people $(PEOPLE)) $(if $(SEED),--seed $(SEED))

test: setup ## every test; FAST=1 leaves out what takes long
	@FAST=$(FAST) npm run --silent test

check: setup ## lint, types, OpenAPI up to date, tests
	@npm run --silent check

bench: setup ## measure everything; one alone: npm run bench -- draw (or matching, hard, service, …)
	@npm run --silent bench

serve: setup ## the service with everything embedded, on http://localhost:3000
	@npm run --silent start -- --embedded

clean: ## forget what the demo and the embedded service left in ./data
	rm -rf data
