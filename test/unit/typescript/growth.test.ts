import assert from 'node:assert/strict';
import { ts } from 'ts-morph';
import { TypeScriptFile } from '../../../src/syntax/typescript/file';
import { growthOf, type Growth } from '../../../src/syntax/typescript/growth';
import { some } from '../../../src/syntax/typescript/nodes';

const HEAD = `import { PrismaClient } from '@prisma/client';
import { readFile } from 'node:fs/promises';
const prisma = new PrismaClient();
`;

/** What is found of the list that `body` gives to `asked(…)`. */
function growthIn(body: string): Growth | undefined {
  const file = new TypeScriptFile('a.ts', `${HEAD}export async function f(given: string[]) {\n${body}\n}\n`);
  let growth: Growth | undefined;
  some(file.source, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'asked') return false;
    growth = growthOf(node.arguments[0]!, file);
    return true;
  });
  return growth;
}

const CASES: readonly (readonly [what: string, body: string, growth: Growth])[] = [
  ['rows of a table', 'const users = await prisma.user.findMany(); asked(users.map((user) => user.id));', 'grows'],
  ['rows of one of several queries', 'const [users, orders] = await Promise.all([prisma.user.findMany(), prisma.order.findMany({ take: 5 })]); asked(users);', 'grows'],
  ['a set of rows', 'const users = await prisma.user.findMany(); asked([...new Set(users.map((user) => user.id))]);', 'grows'],
  ['a list that a loop over rows fills', 'const ids: string[] = []; for (const user of await prisma.user.findMany()) ids.push(user.id); asked(ids);', 'grows'],
  ['the lines of a file', "asked((await readFile('a.csv', 'utf8')).split('\\n'));", 'grows'],
  ['as many rows as rows were asked for', 'const users = await prisma.user.findMany(); const all = await prisma.order.findMany({ where: { id: { in: users.map((user) => user.orderId) } } }); asked(all);', 'grows'],
  ['a page', 'asked(await prisma.user.findMany({ take: 50 }));', 'bounded'],
  ['a literal', "asked(['a', 'b']);", 'bounded'],
  ['the parts of one text', "asked('a,b'.split(','));", 'bounded'],
  ['as many rows as ids were given', 'asked(await prisma.user.findMany({ where: { id: { in: given } } }));', 'unknown'],
  ['a parameter', 'asked(given);', 'unknown'],
  ['what hangs on one record', 'const user = await prisma.user.findFirst(); asked(user.tags);', 'unknown'],
  ['what a function gives', 'asked(await getTags());', 'unknown'],
  ['a list that a loop over a parameter fills', 'const ids: string[] = []; for (const id of given) ids.push(id); asked(ids);', 'unknown'],
];

describe("a list's growth", () => {
  for (const [what, body, growth] of CASES) it(`${growth}: ${what}`, () => assert.equal(growthIn(body), growth));
});
