// Writes docs/pictures, the pictures that the table of test/unit/draw/golden.ts names, and removes others.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, golden, pictureOf } from '../test/unit/draw/golden.js';

mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder).filter((f) => f.endsWith('.svg')))
  if (!golden.includes(file.replace(/\.svg$/, ''))) rmSync(join(folder, file));
for (const name of golden) writeFileSync(join(folder, `${name}.svg`), pictureOf(name));
