# README has the two commands that matter: make run, make test.
SHELL := /bin/bash
export PATH := $(CURDIR)/scripts/bin:$(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)
PUBLIC_URL ?= /
SOURCES := $(shell find src style public locales scripts -type f -not -path 'scripts/screens/*' 2>/dev/null) index.html build.rs Trunk.toml Cargo.toml Cargo.lock package-lock.json

# As .cargo/config.toml, and no path of this machine in the site: panics name `cargo/…` and `src/…`.
CARGO_HOME ?= $(HOME)/.cargo
SITE_FLAGS := --cfg erase_components --remap-path-prefix=$(CARGO_HOME)=cargo --remap-path-prefix=$(CURDIR)=.

.PHONY: run build dev test test-browsers bench screenshots faults faults-long faults-proof sabotage tools test-tools browser-tools fault-tools

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

test: test-tools browser-tools
	@node scripts/test.mjs

# The main path on Chromium, Firefox and WebKit: the last stage of `make test` by itself. On a built site: SHELFWISE_DIST=its folder.
test-browsers: browser-tools $(if $(SHELFWISE_DIST),,build)
	@node tests/engines/run.mjs

# Every screen in every size, language and look, into docs/screens/: make screenshots ONLY=390-zh-light,worst
screenshots: $(if $(SHELFWISE_DIST),,test-tools build)
	@ONLY="$(ONLY)" node scripts/screens/run.mjs

bench: test-tools build
	cargo build --release --example reorder_speed
	RUSTFLAGS="$(SITE_FLAGS)" cargo build --release --example reorder_speed --target wasm32-unknown-unknown
	@node bench/run.mjs

# What goes wrong with phones, browsers and disks, done on purpose: make faults ONLY="kill quota"; FAULTS_SEED= repeats a run.
faults: fault-tools $(if $(SHELFWISE_DIST),,build)
	@node tests/faults/run.mjs $(ONLY)

faults-long: fault-tools $(if $(SHELFWISE_DIST),,build)
	@FAULTS_TIMES=$${FAULTS_TIMES:-20} node tests/faults/run.mjs $(ONLY)

# Takes the protections out one by one, in a build that lets them be taken out: each time the matching line has to fail.
faults-proof: fault-tools sabotage
	@SHELFWISE_SABOTAGE_DIST=dist-sabotage node tests/faults/run.mjs --proof $(ONLY)

# The site with `src/keep/sabotage.rs` alive. Never served to anybody.
sabotage: tools
	RUSTFLAGS="$(SITE_FLAGS)" trunk build --release --offline --features sabotage --dist dist-sabotage

tools:
	@scripts/tools.sh build

test-tools:
	@scripts/tools.sh test

browser-tools:
	@scripts/tools.sh browsers

fault-tools:
	@scripts/tools.sh faults
