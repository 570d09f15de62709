import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TypeProcess } from '../../../src/lsp/typeProcess';

/** Answers every question but one: that one ends it. */
const PROGRAM = `process.on('message', ({ id, file, spans }) => {
  if (file === '/crash.ts') process.exit(3);
  if (file === '/throw.ts') process.send({ id, kinds: [], failure: 'the compiler threw' });
  else process.send({ id, kinds: spans.map(() => 'array') });
});
process.on('disconnect', () => process.exit());
`;

describe('the process that knows types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'performance-types-'));
  const program = join(folder, 'program.cjs');
  const warnings: string[] = [];
  const question = (file: string) => ({ root: '/', file, text: '', spans: [{ start: 0, end: 1 }] });
  let types: TypeProcess;

  before(() => writeFileSync(program, PROGRAM));
  beforeEach(() => {
    warnings.length = 0;
    types = new TypeProcess(program, (message) => warnings.push(message));
  });
  afterEach(() => types.dispose());
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is started for the first question', async () => {
    assert.equal(types.isRunning, false);
    assert.deepEqual(await types.ask(question('/a.ts')), ['array']);
    assert.equal(types.isRunning, true);
  });

  it('leaves a question open when it crashes, says so, and answers the next one anew', async () => {
    assert.equal(await types.ask(question('/crash.ts')), undefined);
    assert.equal(types.isRunning, false);
    assert.match(warnings.join(), /stay open: it ended with 3/);
    assert.deepEqual(await types.ask(question('/a.ts')), ['array']);
  });

  it('says why where the compiler threw', async () => {
    assert.equal(await types.ask(question('/throw.ts')), undefined);
    assert.deepEqual(warnings, ['types of /throw.ts: the compiler threw']);
  });

  it('answers nobody any more once it is disposed of', async () => {
    const pending = types.ask(question('/a.ts'));
    types.dispose();
    assert.equal(await pending, undefined);
    assert.equal(types.isRunning, false);
  });
});
