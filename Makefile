.DEFAULT_GOAL := help
PYTHON ?= python3
START = $(PYTHON) dev/bootstrap.py

.PHONY: help dev test check prove bench screenshots translations run run-local images secrets cert fix hooks python

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

dev: python ## the two demo sites on this machine, with reload (PORT=9000 make dev moves them)
	@$(START) dev.serve

test: python ## all behaviour on real services and in a browser (ARGS="-k word" for a part)
	@$(START) dev.test

check: python ## format, lint, types, layers, spelling, core tests
	@$(START) dev.check

fix: python ## format, and repair what the linter can
	@$(START)
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

prove: python ## what is too heavy for every run: load, 1,000 tenants, kill points, attacks on readers
	@$(START) bench.prove

bench: python ## the benchmarks, into bench/results/latest.json
	@$(START) bench.run

screenshots: python ## the pictures of the README, made anew
	@$(START) dev.screenshots

translations: python ## bring both catalogues in step with the code
	@$(START) dev.translations

hooks: python ## run the quick checks before each commit
	@$(START)
	@.venv/bin/pre-commit install

run: ## production: the images of the tag in .env
	docker compose up -d --wait

run-local: PORT_HERE = $(or $(TERRACE_LOCAL_PORT),8080)
run-local: ## the production images on this machine, without TLS, at http://*.localhost:8080
	TERRACE_ENVIRONMENT=local TERRACE_LOCAL_PORT=$(PORT_HERE) TERRACE_PUBLIC_URL='http://{host}:$(PORT_HERE)' \
		docker compose --profile local up -d --wait nginx-local

images: ## build the production images on this machine
	docker compose build

secrets: ## make the secrets of a new installation, once
	@sh docker/make-secrets.sh

cert: ## a self-signed certificate for a trial: make cert HOSTS="anna.example boris.example"
	@docker compose run --rm --no-deps cert $(HOSTS)

python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Terrace needs Python 3.11 or later and finds no $(PYTHON): install it, or name another: PYTHON=/path/to/python3 make" >&2; exit 1; }
