# README has the two commands that matter: make run, make test.
SHELL := /bin/bash
export PATH := $(CURDIR)/scripts/bin:$(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)
PUBLIC_URL ?= /
SOURCES := $(shell find src style public locales scripts -type f 2>/dev/null) index.html build.rs Trunk.toml Cargo.toml Cargo.lock package-lock.json

# As .cargo/config.toml, and no path of this machine in the site: panics name `cargo/…` and `src/…`.
CARGO_HOME ?= $(HOME)/.cargo
SITE_FLAGS := --cfg erase_components --remap-path-prefix=$(CARGO_HOME)=cargo --remap-path-prefix=$(CURDIR)=.

.PHONY: run build dev test bench tools test-tools

run: dist/index.html
	@node scripts/serve.mjs --base "$(PUBLIC_URL)"

build: dist/index.html

# The release site. Touched last, so a build that broke off is built again.
dist/index.html: $(SOURCES) .tools/public-url | tools
	RUSTFLAGS="$(SITE_FLAGS)" trunk build --release --offline --public-url "$(PUBLIC_URL)"
	@touch $@

# Changes only when the address does.
.tools/public-url: FORCE
	@mkdir -p .tools; [ "$(PUBLIC_URL)" = "$$(cat $@ 2>/dev/null)" ] || echo "$(PUBLIC_URL)" > $@
FORCE:

dev: tools
	trunk serve --offline --port 8081

test: test-tools
	@node scripts/test.mjs

bench: test-tools build
	@node bench/run.mjs

tools:
	@scripts/tools.sh build

test-tools:
	@scripts/tools.sh test
