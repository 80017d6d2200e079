// The tar reader: regular files of a ustar archive, whatever else lies between them.
import { describe, expect, it } from 'vitest';
import { untar } from '../../../../src/run/device/swiftshader.js';

const entry = (name: string, type: string, text: string): Uint8Array => {
  const block = new Uint8Array(512 + Math.ceil(text.length / 512) * 512);
  const put = (at: number, value: string) => block.set(new TextEncoder().encode(value), at);
  put(0, name);
  put(124, text.length.toString(8).padStart(11, '0'));
  put(156, type);
  put(512, text);
  return block;
};

describe('untar', () => {
  it('reads files, skips folders and links, and stops at the end mark', () => {
    const long = 'x'.repeat(700);
    const blocks = [
      entry('lib/', '5', ''),
      entry('lib/a.so', '0', 'first'),
      entry('link', '2', ''),
      entry('b.json', '', long),
      new Uint8Array(1024),
      entry('after', '0', 'no'),
    ];
    const files = untar(Uint8Array.from(blocks.flatMap((b) => [...b])));
    expect(files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([
      ['a.so', 'first'],
      ['b.json', long],
    ]);
  });

  it('gives nothing for an empty archive', () => {
    expect(untar(new Uint8Array(0))).toEqual([]);
  });
});
