import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TypeKind } from '../../../src/core/rule';
import { TypeService } from '../../../src/types/typeService';

/** Asks for the expression between the marks ⟦ and ⟧ of a file. */
function kindIn(files: Readonly<Record<string, string>>, file = 'src/a.ts'): TypeKind | undefined {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'performance-types-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return ask(new TypeService(root), join(root, file), files[file]!);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function ask(service: TypeService, file: string, marked: string): TypeKind | undefined {
  const start = marked.indexOf('⟦');
  const text = marked.replace('⟦', '').replace('⟧', '');
  const [kind] = service.ask({ file, text, spans: [{ start, end: marked.indexOf('⟧') - 1 }] });
  return kind;
}

const inFile = (text: string): TypeKind | undefined => kindIn({ 'src/a.ts': text });

describe('the type service', function () {
  this.timeout(120_000);

  it('tells the kinds of value apart', () => {
    const types = ['number[]', 'readonly string[]', '[number, number]', 'Array<string> | undefined', 'string', "'a' | 'b'", 'Set<string>', 'ReadonlySet<string>', 'Map<string, number>', 'Promise<string[]>', 'number', '{ a: 1 }', 'any', 'unknown', 'string | string[]'];
    const text = types.map((type, index) => `declare const x${index}: ${type};\n`).join('');
    const spans = types.map((_, index) => ({ start: text.length + index * 4, end: text.length + index * 4 + `x${index}`.length }));
    const uses = types.map((_, index) => `x${index};`.padEnd(4)).join('');
    const kinds = new TypeService('/nowhere').ask({ file: '/nowhere/a.ts', text: text + uses, spans });
    assert.deepEqual(kinds, ['array', 'array', 'array', 'array', 'string', 'string', 'set', 'set', 'map', 'promise', 'other', 'other', undefined, undefined, undefined]);
  });

  it('follows generics, inheritance and inferred results', () => {
    assert.equal(inFile('export function f<T extends readonly string[]>(x: T) { return ⟦x⟧; }\n'), 'array');
    assert.equal(inFile('class Ids extends Array<string> {}\nconsole.log(⟦new Ids()⟧);\n'), 'array');
    assert.equal(inFile('const load = async () => ["a"];\nexport async function f() { return ⟦await load()⟧; }\n'), 'array');
    assert.equal(inFile('export const f = (o: Record<string, number>) => ⟦Object.entries(o).map(([key]) => key)⟧;\n'), 'array');
  });

  it('reads what the file imports, through paths of a tsconfig and declarations of packages', () => {
    const files = {
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["src/*"] } } }',
      'src/a.ts': "import { ids } from '@app/ids';\nconsole.log(⟦ids()⟧);\n",
      'src/ids.ts': "import { load } from 'store';\nexport const ids = () => load().names;\n",
      'node_modules/store/package.json': '{ "name": "store", "types": "index.d.ts" }',
      'node_modules/store/index.d.ts': 'export declare function load(): { names: Set<string> };\n',
    };
    assert.equal(kindIn(files), 'set');
  });

  it('reads JavaScript with JSDoc', () => {
    assert.equal(kindIn({ 'src/a.js': '/** @param {string[]} ids */\nexport function f(ids) { return ⟦ids⟧; }\n' }, 'src/a.js'), 'array');
  });

  it('survives a broken tsconfig, a missing import and circular imports', () => {
    const broken = { 'tsconfig.json': '{ "extends": "./gone.json", "compilerOptions": { "module": "nonsense", ', 'src/a.ts': "import { b } from './b';\nimport { gone } from './gone';\nexport const a = [gone];\nconsole.log(⟦b⟧);\n", 'src/b.ts': "import { a } from './a';\nexport const b = a.length > 0 ? 'x' : 'y';\n" };
    assert.equal(kindIn(broken), 'string');
    assert.equal(inFile("import { gone } from './gone';\nconsole.log(⟦gone⟧);\n"), undefined);
  });

  it('ends on folders that link to one another', () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'performance-types-')));
    try {
      mkdirSync(join(root, 'src'));
      symlinkSync(root, join(root, 'src/loop'), 'dir');
      writeFileSync(join(root, 'src/b.ts'), "export * from './loop/src/b';\nexport const list = [1];\n");
      assert.equal(ask(new TypeService(root), join(root, 'src/a.ts'), "import { list } from './loop/src/loop/src/b';\nconsole.log(⟦list⟧);\n"), 'array');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('sees an import that has changed on the disk', () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'performance-types-')));
    try {
      const service = new TypeService(root);
      const text = "import { list } from './b';\nconsole.log(⟦list⟧);\n";
      writeFileSync(join(root, 'b.ts'), 'export const list = [1];\n');
      assert.equal(ask(service, join(root, 'a.ts'), text), 'array');
      writeFileSync(join(root, 'b.ts'), 'export const list = new Set([1, 2]);\n');
      assert.equal(ask(service, join(root, 'a.ts'), text), 'set');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
