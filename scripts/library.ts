// `npm run library`: writes docs/reference/library.md and its pictures, docs/pictures/library, and removes other pictures there.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from '../src/index.js';
import { libraryPage } from './library-page.js';
import { libraryPicture, picturesOf } from './library-pictures.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'docs/pictures/library');

const checked = check(root);
if (!checked.ok) throw new Error(checked.messages[0]);
writeFileSync(join(root, 'docs/reference/library.md'), libraryPage(root, checked));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { statements } = checked.library;
for (const name of picturesOf(statements)) writeFileSync(join(folder, `${name}.svg`), libraryPicture(statements, name));
