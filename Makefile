# make demo    the two samples become their referat.md
# make test    everything that must hold, from a clean clone
# make docs    the book, in target/book
# make release the program and its engines for newer processors, in target/dist
# make verify  every must-hold in full, on evaluation folders: make verify EVAL=DIR

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
REFERAT := target/release/referat
# All that ships and what measures it, with PDF.
TESTED := --locked --workspace --exclude referat-fuzz --features referat/pdf

.PHONY: help demo test docs release verify tools rust lint

help:
	@sed -n 's/^# make/make/p' Makefile

rust:
	@tests/scripts/check-rust

demo: rust
	@tests/scripts/install-packages cmake g++ make pkg-config libasound2-dev python3-pip
	cargo build --release --locked
	tests/scripts/demo $(REFERAT)

tools: rust
	@tests/scripts/install-packages cmake g++ make pkg-config libasound2-dev python3-pip ffmpeg \
		pulseaudio pulseaudio-utils libasound2-plugins sox chromium nodejs npm
	@tests/scripts/install-cargo-tools

# With PDF, which `make demo` and `make release` leave out. One set of features throughout: with
# another one, nearly everything would be compiled twice.
lint: tools
	cargo fmt --all --check
	cargo clippy $(TESTED) --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc $(TESTED) --no-deps
	tests/scripts/licences

# The programs are built with the tests: built apart, without what only tests need, nearly everything
# would be compiled twice. Tests that decode run one at a time (see .config/nextest.toml): ggml's
# threads spin.
test: lint
	cargo nextest run $(TESTED) --no-run
	export REFERAT_MODELS="$${REFERAT_MODELS:-$$PWD/target/models}"
	target/debug/referat models pull base
	target/debug/referat models pull silero-vad
	cargo nextest run $(TESTED) --no-fail-fast
	tests/scripts/fuzz 20
	tests/scripts/web target/debug/referat

docs: rust
	@tests/scripts/install-cargo-tools mdbook
	mdbook build docs

release: rust
	tests/scripts/release target/dist

verify: tools
	@test -n "$(EVAL)" || { echo "usage: make verify EVAL=DIR" >&2; exit 2; }
	cargo build --release --locked --package referat --package referat-eval --features referat/pdf
	target/release/referat-eval verify --program $(REFERAT) "$(EVAL)"
