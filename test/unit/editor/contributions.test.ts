import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contributes } from '../../../src/editor/contributions';
import { LINKED_COMMANDS } from '../../../src/editor/names';

const ROOT = resolve(__dirname, '../../..');
const declared = new Set(contributes.commands.map(({ command }) => command));

describe('what is contributed to VS Code', () => {
  it('declares each command that the menus, the walkthrough and the server name', () => {
    const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    const named = new Set([...inMenus, ...LINKED_COMMANDS, ...JSON.stringify(contributes.walkthroughs).matchAll(/(?<=command:|onCommand:)performanceEngineer\.\w+/g)].map(String));
    assert.ok(named.size > 10);
    assert.deepEqual([...named].filter((command) => !declared.has(command)), []);
  });

  it('registers each command that it declares', () => {
    const registered = new Set(['measure', 'prove', 'report', 'panel', 'advisor'].flatMap((part) => commandsIn(`src/editor/${part}/register.ts`)));
    for (const file of ['heat/heat.ts', 'measure/experiments.ts']) commandsIn(`src/editor/${file}`).forEach((command) => registered.add(command));
    assert.deepEqual([...declared].filter((command) => !registered.has(command)), []);
  });

  it('names files that exist', () => {
    const named = [...JSON.stringify(contributes).matchAll(/media\/[\w/.-]+/g)].map(String);
    assert.ok(named.length > 5);
    assert.deepEqual(named.filter((file) => !existsSync(join(ROOT, file))), []);
  });
});

function commandsIn(file: string): string[] {
  return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/registerCommand\('(performanceEngineer\.\w+)'/g)].map(([, command]) => command!);
}
