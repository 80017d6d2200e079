// `weft help`: every topic that it names has a page, and what it prints is what the page says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { topics } from '../../src/cli/help.js';
import { root } from '../support/tree.js';
import { project, weft } from '../support/weft.js';

const page = (name: string): string => readFileSync(join(root, `docs/reference/${name}.md`), 'utf8');

test('every topic has a page, which the page of commands or of errors names', () => {
  const known = topics();
  expect(known.length).toBeGreaterThan(30);
  const folder = project({});
  for (const topic of ['E-EQ', 'e-noax', 'rewrite', '?', 'streams', 'extract', 'L-EMPTY']) {
    const ran = weft(folder, ['help', topic]);
    expect(ran, topic).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout.length).toBeGreaterThan(40);
  }
  const said = page('cli').split('## help')[1]!;
  for (const topic of known.filter(
    (t) => /^[a-z]{4,}$/.test(t) && page('language').match(new RegExp(`^## ${t}`, 'im')),
  ))
    expect(said).toContain(`\`${topic}\``);
});
test('prints the section of the page, word for word', () => {
  const { stdout } = weft(project({}), ['help', 'E-EQ']);
  expect(page('errors')).toContain(stdout.trim());
});
test('refuses another topic, and names the nearest', () => {
  const ran = weft(project({}), ['help', 'rewrit']);
  expect(ran).toMatchObject({ status: 3, stdout: '' });
  expect(ran.stderr).toContain('`rewrite`');
});
