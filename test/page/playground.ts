// The playground as a person has it: a page in the browser, with what is typed and what is seen. Invariant: waits for a state of the page, never for a time. Knows no expected text.
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { serve } from '../../scripts/playground.mjs';
import { launched } from './chromium.js';

export interface Site {
  readonly url: string;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

export async function site(gpu?: 'software' | 'none'): Promise<Site> {
  if (!existsSync(new URL('../../playground/dist/index.html', import.meta.url)))
    throw new Error('the page is not built: npm run test:page builds it, then tests it');
  const server: Server = await serve(0);
  const browser = await launched(gpu);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    browser,
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

const LONG = 60_000;

export class Playground {
  readonly errors: string[] = [];
  private constructor(readonly page: Page) {
    page.on('pageerror', (e) => this.errors.push(e.message));
  }

  static async open({ browser, url }: Site, hash = '', width = 1360): Promise<Playground> {
    const page = await browser.newPage({ viewport: { width, height: 860 } });
    page.setDefaultTimeout(LONG);
    const opened = new Playground(page);
    await page.goto(url + hash);
    await opened.checked();
    return opened;
  }

  /** Until the newest text is checked. */
  async checked(): Promise<void> {
    await this.page.waitForSelector('#status[data-state=checked]');
  }
  async choose(example: string): Promise<void> {
    await this.page.selectOption('#example', example);
    await this.checked();
  }
  /** Puts the cursor at the end of a line, the first that has a text. */
  async cursor(part: 'theorems' | 'proofs', line: string): Promise<void> {
    await this.page.locator(`#${part} .cm-line`, { hasText: line }).first().click();
    await this.page.keyboard.press('End');
  }
  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }
  async text(id: string): Promise<string> {
    return (await this.page.locator(`#${id}`).textContent()) ?? '';
  }
  /** Once an element has a text. */
  async saying(id: string, text: string | RegExp): Promise<string> {
    await this.page.locator(`#${id}`, { hasText: text }).waitFor();
    return this.text(id);
  }
  async source(part: 'theorems' | 'proofs'): Promise<string> {
    return (await this.page.locator(`#${part} .cm-line`).allTextContents()).join('\n');
  }
  tab(name: 'goal' | 'problems' | 'kernel' | 'stream'): Promise<void> {
    return this.page.click(`#tab-${name}`);
  }
  /** A Worker of the page by its script. */
  worker(role: 'checker' | 'workshop'): Worker {
    const found = this.page.workers().find((w) => w.url().includes(`${role}-worker`));
    if (!found) throw new Error(`the page has no ${role}`);
    return found;
  }
  async extract(): Promise<string> {
    await this.tab('kernel');
    await this.page.click('#extract');
    await this.page.locator('#run:enabled').waitFor();
    return this.text('kernel-text');
  }
  /** Whether every element was within its bound; else why the run did not end so. */
  async run(): Promise<string> {
    await this.page.click('#run');
    await this.page.locator('#kernel-status.good, #kernel-status.error').waitFor();
    return this.text('kernel-status');
  }
}

/** One page for all tests of a file, opened before them; an error that it reports fails the file. */
export function onePage(use: (own: Site, page: Playground) => void): void {
  let [own, page]: [Site | undefined, Playground | undefined] = [undefined, undefined];
  beforeAll(async () => {
    own = await site();
    page = await Playground.open(own);
    use(own, page);
  });
  afterAll(async () => {
    expect(page?.errors).toEqual([]);
    await own?.close();
  });
}
