// Where Weft itself is. Knows no projects.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
