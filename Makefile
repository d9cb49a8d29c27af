# Moderato's verbs; `make help` lists them. Swift does the building: this file only puts the steps in order.

EXPERIMENT ?= Experiments/alcohol.yaml

PYTHON := .moderato/python/bin/python
MODERATO := .build/release/moderato
TIMED := Scripts/timed.sh

SET_UP := $(TIMED) 'Set-up' Scripts/setup.sh
build_dataset = $(TIMED) 'Build the dataset $(1)' $(PYTHON) Datasets/build.py $(1)

# The shipped datasets that the experiment names on a line with `dataset` in it; a user's own are not built.
datasets = $(sort $(shell \
	sed 's/\#.*//' '$(EXPERIMENT)' 2>/dev/null | grep dataset | grep -ow 'stickers\|illustrations'))

# The embedding `rich`, where one of the experiment's adapters learns from it.
embeddings = $(sort $(shell sed 's/\#.*//' '$(EXPERIMENT)' 2>/dev/null | grep embedding | grep -ow rich))

# The second base model, where the experiment names it.
base_models = $(if $(shell \
	sed 's/\#.*//' '$(EXPERIMENT)' 2>/dev/null | grep base_model | grep -ow imagenet-moderation-lite1),lite1)

comma := ,

.PHONY: help run test bench setup lite1 rich stickers illustrations lint swift-is-installed clean
.NOTPARALLEL:
.DEFAULT_GOAL := help

help: ## List the verbs
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand --tabs=22

run: swift-is-installed ## Set up, build, and run EXPERIMENT (default: Experiments/alcohol.yaml)
	@test -r '$(EXPERIMENT)' || { echo 'There is no experiment file $(EXPERIMENT)' >&2; exit 1; }
	@$(SET_UP) core $(base_models) $(embeddings) $(datasets)
	@$(TIMED) 'Build moderato' swift build --configuration release --product moderato
	@$(foreach dataset,$(datasets),$(call build_dataset,$(dataset)) &&) true
	@$(TIMED) 'Run $(EXPERIMENT)' $(MODERATO) run '$(EXPERIMENT)'
	@echo 'To call moderato by its name: export PATH="$(CURDIR)/.build/release:$$PATH"' >&2

test: swift-is-installed ## Set up, and run all tests
	@$(SET_UP) core lite1 rich stickers test
	@$(call build_dataset,stickers)
	@$(TIMED) 'Lint' $(MAKE) --no-print-directory lint
	@$(TIMED) 'Python tests' $(PYTHON) -m unittest discover --start-directory Tests/Python
	@$(TIMED) 'Dataset tests' $(PYTHON) -m unittest discover --start-directory Datasets
	@$(TIMED) 'Build for the tests' swift build --build-tests
	@$(TIMED) 'Swift tests' swift test --skip-build

bench: swift-is-installed ## Compare with other programs, a quarter of an hour; ONLY=ridge,overhead picks comparisons
	@$(SET_UP) core illustrations bench
	@$(TIMED) 'Build moderato' swift build --configuration release
	@$(call build_dataset,illustrations)
	@.moderato/bench-python/bin/python Benchmarks/bench.py $(subst $(comma), ,$(ONLY))

setup: ## Install what moderato needs (C libraries, ONNX runtime, base model)
	@$(SET_UP) core

lite1: ## Install the second base model, imagenet-moderation-lite1 (20 MB)
rich: ## Install the networks of the embedding `rich` (43 MB)
lite1 rich:
	@$(SET_UP) $@

stickers: ## Build the dataset stickers, installing its sources
illustrations: ## Build the dataset illustrations, installing its sources (520 MB)
stickers illustrations:
	@$(SET_UP) $@
	@$(call build_dataset,$@)

lint: swift-is-installed ## Check the formatting of all Swift files
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests

clean: ## Remove what Swift built; set-up, datasets and results stay
	rm -rf .build

swift-is-installed:
	@command -v swift >/dev/null || { \
		echo 'swift is not on the PATH: install Swift 6.3 from swift.org' >&2; exit 1; }
