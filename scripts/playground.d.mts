// The types of playground.mjs, for the tests of the page.
import type { Server } from 'node:http';
export function buildPage(): Promise<string>;
export function serve(port: number): Promise<Server>;
