// Builds the playground into playground/dist, which any host of files can serve, and serves it on 127.0.0.1 to be looked at. `--build` only builds; `--port N` takes a port (8321).
// Invariant: what is built loads nothing from elsewhere and holds no module of Node; verdicts are there only if this build's code gave them. It does not know what the page does.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { notices } from './notices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const own = join(root, 'playground');
const dist = join(own, 'dist');
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

const node = (...args) => {
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) process.exit(done.status ?? 1);
};

/** The code's hash; with verdicts of that code beside it. */
const prepared = () => {
  node('scripts/build.mjs');
  const { hash } = json(join(root, 'dist/build.json'));
  const file = join(root, 'dist/verdicts.json');
  if (!existsSync(file) || json(file).weft !== hash) node('scripts/verdicts.mjs');
  return hash;
};

const library = () => {
  const files = ['theorems', 'proofs'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((f) => f.endsWith('.weft'))
      .sort()
      .map((f) => ({ path: `weft/${folder}/${f}`, text: readFileSync(join(root, folder, f), 'utf8') })),
  );
  return JSON.stringify({ files });
};

const inPlace = {
  name: 'weft',
  setup(on) {
    on.onResolve({ filter: /^node:/ }, ({ path, importer }) =>
      path === 'node:crypto'
        ? { path: join(own, 'src/node-crypto.ts') }
        : { errors: [{ text: `${path} is no module of a browser; ${importer} imports it` }] },
    );
    on.onLoad({ filter: /\.weft$/ }, ({ path }) => ({
      contents: `export const text = ${JSON.stringify(readFileSync(path, 'utf8'))};`,
      loader: 'js',
    }));
  },
};

export const buildPage = async () => {
  const hash = prepared();
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: ['main.ts', 'checker-worker.ts', 'workshop-worker.ts'].map((f) => join(own, 'src', f)),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    plugins: [inPlace],
    define: {
      WEFT_BUILD: JSON.stringify(hash),
      WEFT_VERSION: JSON.stringify(json(join(root, 'package.json')).version),
    },
    logLevel: 'warning',
  });
  for (const file of ['index.html', 'style.css']) cpSync(join(own, file), join(dist, file));
  cpSync(join(root, 'dist/verdicts.json'), join(dist, 'verdicts.json'));
  writeFileSync(join(dist, 'library.json'), library());
  writeFileSync(join(dist, 'NOTICES.txt'), notices(metafile.inputs));
  return dist;
};

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** Files of the built folder, and nothing else. */
export const serve = (port) => {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = normalize(join(dist, path.endsWith('/') ? `${path}index.html` : path));
    const type = TYPES[extname(file)];
    if (!file.startsWith(dist + sep) || type === undefined || !existsSync(file)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('there is no such file\n');
      return;
    }
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(readFileSync(file));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  await buildPage();
  if (!args.includes('--build')) {
    const server = await serve(Number(args[args.indexOf('--port') + 1] ?? 0) || 8321);
    console.log(`the playground is on http://127.0.0.1:${server.address().port}/`);
  }
}
