// Writes the table of docs/architecture.md from test/architecture/rooms.json. Knows nothing of the rest of the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { table } from '../test/architecture/rooms.js';

const page = new URL('../docs/architecture.md', import.meta.url);
const text = readFileSync(page, 'utf8');
const written = text.replace(/^\| room \|[^]*?\n(?!\|)/m, () => `${table()}\n`);
if (!written.includes(table())) throw new Error('docs/architecture.md has no table that starts with `| room |`');
writeFileSync(page, written);
