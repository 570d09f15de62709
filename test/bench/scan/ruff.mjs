// Lints the files of a list with ruff's PERF rules, as a program of its own: ruff's module, then the list as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [ruff, list] = process.argv.slice(2);
const { PositionEncoding, Workspace } = createRequire(import.meta.url)(ruff);
const workspace = new Workspace({ lint: { select: ['PERF'] } }, PositionEncoding.Utf16);
let found = 0;
for (const file of JSON.parse(readFileSync(list, 'utf8'))) found += workspace.check(readFileSync(file, 'utf8')).length;
console.log(found);
