// The rooms of src, read from rooms.json: what each is, what it may see, and whether it is believed; as rules for dependency-cruiser and as the table
// of docs/architecture.md. Invariant: a row lists all that its room may see; what no row lists is forbidden. It does not know what any module does.
import { readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { PathReporter } from 'io-ts/lib/PathReporter.js';
import type { IForbiddenRuleType } from 'dependency-cruiser';

const row = t.strict({
  room: t.string,
  /** `trusted`: a fault can make a false theorem. `kernels`: a fault can let a wrong kernel pass. `no`: a fault is seen by one of those. */
  belief: t.keyof({ trusted: null, kernels: null, no: null }),
  does: t.string,
  sees: t.array(t.string),
  packages: t.array(t.string),
  node: t.array(t.string),
});
export type Room = t.TypeOf<typeof row>;

function read(): readonly Room[] {
  const decoded = t.array(row).decode(JSON.parse(readFileSync(new URL('rooms.json', import.meta.url), 'utf8')));
  if (E.isLeft(decoded)) throw new Error(PathReporter.report(decoded).join('\n'));
  return decoded.right;
}

export const rooms: readonly Room[] = read();

/** Files straight under src: the library's doors. */
const DOORS = /^src\/[^/]+\.ts$/;

/** The innermost room that holds a file; undefined for the doors and for what no row names. */
export const roomOf = (file: string): Room | undefined =>
  rooms.filter((r) => file.startsWith(`src/${r.room}/`)).sort((a, b) => b.room.length - a.room.length)[0];

export const homeless = (files: readonly string[]): readonly string[] =>
  files.filter((f) => !DOORS.test(f) && roomOf(f) === undefined);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Files of the room itself, not of the rooms inside it. */
export function ownFiles(room: Room): string {
  const inside = rooms.filter((r) => r.room.startsWith(`${room.room}/`)).map((r) => r.room.slice(room.room.length + 1));
  return `^src/${escaped(room.room)}/${inside.length === 0 ? '' : `(?!(${inside.map(escaped).join('|')})/)`}`;
}

const roomNamed = (name: string): Room => {
  const found = rooms.find((r) => r.room === name);
  if (found === undefined) throw new Error(`a row sees ${name}, which is no room`);
  return found;
};

const packagePattern = (name: string) =>
  name === 'fp-ts' || name === 'io-ts'
    ? `(^|/)node_modules/${name}/lib/[A-Za-z/]+\\.js$`
    : `(^|/)node_modules/${escaped(name)}/`;

const allowed = (room: Room): string =>
  [
    ownFiles(room),
    ...room.sees.map((s) => ownFiles(roomNamed(s))),
    ...room.packages.map(packagePattern),
    ...(room.node.length === 0 ? [] : [`^(node:)?(${room.node.map(escaped).join('|')})$`]),
  ].join('|');

export const ruleName = (room: Room): string => `${room.room.replace('/', '-')}-sees-its-row`;

const rowRule = (room: Room): IForbiddenRuleType => ({
  name: ruleName(room),
  severity: 'error',
  from: { path: ownFiles(room) },
  to: { pathNot: allowed(room) },
});

export const DOOR_RULE = 'core-has-one-door';

export const forbidden: readonly IForbiddenRuleType[] = [
  ...rooms.map(rowRule),
  {
    name: DOOR_RULE,
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/core/' },
    to: { path: '^src/core/', pathNot: '^src/core/index\\.ts$' },
  },
  { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
  { name: 'every-import-resolves', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
];

const BELIEF: Readonly<Record<Room['belief'], string>> = { trusted: '**trusted**', kernels: '**for kernels**', no: '' };

const listed = (names: readonly string[]) => (names.length === 0 ? 'itself' : names.map((n) => `\`${n}\``).join(', '));

/** The table of docs/architecture.md. */
export const table = (): string =>
  [
    '| room | believed | does | may see |',
    '| --- | --- | --- | --- |',
    ...rooms.map((r) => `| \`${r.room}\` | ${BELIEF[r.belief]} | ${r.does} | ${listed([...r.sees, ...r.packages])} |`),
  ].join('\n');
