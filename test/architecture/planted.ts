// Trees in which every room imports something: all that its row forbids, or all that it allows. Made from the rows, so that no row is left out.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../support/tree.js';
import { type Room, rooms } from './rooms.js';

const door = (room: Room) => `src/${room.room}/index.ts`;
export const seer = (room: Room): string => `src/${room.room}/seer.ts`;

const specifier = (from: string, to: string) => {
  const path = relative(dirname(from), to).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
};

/** What no row of a room in this project may list. */
const OUTSIDE = { package: 'typescript', node: 'node:net' } as const;

const fromPackage = (name: string) =>
  name === 'fp-ts' || name === 'io-ts' ? `${name}/lib/${name === 'fp-ts' ? 'Either' : 'index'}.js` : name;

export const strangers = (room: Room): readonly string[] => [
  ...rooms.filter((r) => r !== room && !room.sees.includes(r.room)).map(door),
  OUTSIDE.package,
  OUTSIDE.node,
];

const friends = (room: Room): readonly string[] => [
  ...rooms.filter((r) => room.sees.includes(r.room)).map(door),
  ...room.packages.map(fromPackage),
  ...room.node.map((n) => `node:${n}`),
];

/** Runs `use` on a tree in which the seer of each room imports what `imports` lists, and further files; the tree is removed afterwards. */
export async function withTree<A>(
  imports: (room: Room) => readonly string[],
  further: Readonly<Record<string, string>>,
  use: (base: string) => Promise<A>,
): Promise<A> {
  const base = mkdtempSync(join(root, '.planted-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  };
  try {
    for (const room of rooms) {
      write(door(room), 'export const here = 1;\n');
      const lines = imports(room).map((to) => `import '${to.startsWith('src/') ? specifier(seer(room), to) : to}';\n`);
      write(seer(room), lines.join(''));
    }
    for (const [path, text] of Object.entries(further)) write(path, text);
    return await use(base);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

export const good = <A>(use: (base: string) => Promise<A>): Promise<A> => withTree(friends, {}, use);

export const bad = <A>(use: (base: string) => Promise<A>): Promise<A> =>
  withTree(
    strangers,
    {
      'src/core/term.ts': "import './cycle.js';\n",
      'src/core/cycle.ts': "import './term.js';\n",
      'src/normal/window.ts': "import '../core/term.js';\n",
      'src/normal/missing.ts': "import './nowhere.js';\n",
    },
    use,
  );
