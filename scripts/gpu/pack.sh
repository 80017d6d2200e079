#!/bin/sh
# Packs what the scripts of this folder need on another x86-64 Linux machine that has no Node and no network, into a folder (default: .gpu), about 40 MB:
#   sh scripts/gpu/pack.sh [FOLDER]     here, after npm ci and npm run build
#   sh FOLDER/run.sh scripts/gpu/check.ts    there: unpacks beside itself once, then runs a script of this repository
# That machine brings nvcc, its GPU's driver and a Vulkan loader (Debian: libvulkan1; where the driver's file is not found: VK_DRIVER_FILES).
set -eu
cd "$(dirname "$0")/../.."
to=${1:-.gpu}
mkdir -p "$to"
need="commander fp-ts immer io-ts ohm-js picocolors fast-check pure-rand tsx esbuild @esbuild/linux-x64 get-tsconfig resolve-pkg-maps webgpu"
modules=
for m in $need; do if [ -d "node_modules/$m" ]; then modules="$modules node_modules/$m"; fi; done
files=$(git ls-files | grep -E '^(src|test|scripts|theorems|proofs|kernels|examples)/|^(package|weft|tsconfig[a-z.]*)\.json$')
# shellcheck disable=SC2086
tar -cf - --dereference --exclude='webgpu/dist/[dw]*' --exclude='webgpu/dist/linux-arm64' --exclude='*.map' --exclude='fp-ts/es6' $files dist $modules |
  xz -6 -T0 >"$to/tree.tar.xz"
xz -6 -T0 -c "$(readlink -f "$(command -v node)")" >"$to/node.xz"
cat >"$to/run.sh" <<'RUN'
#!/bin/sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
open() { if command -v xz >/dev/null; then xz -dc "$1"; else python3 -c 'import lzma,shutil,sys; shutil.copyfileobj(lzma.open(sys.argv[1]), sys.stdout.buffer)' "$1"; fi; }
if [ ! -x "$here/open/bin/node" ]; then
  mkdir -p "$here/open/bin"
  open "$here/tree.tar.xz" | tar -xf - -C "$here/open"
  open "$here/node.xz" >"$here/open/bin/node.part"
  chmod +x "$here/open/bin/node.part"
  mv "$here/open/bin/node.part" "$here/open/bin/node"
fi
cd "$here/open"
PATH="$here/open/bin:$PATH" exec node node_modules/tsx/dist/cli.mjs --tsconfig tsconfig.build.json "$@"
RUN
du -h "$to"/node.xz "$to"/tree.tar.xz
