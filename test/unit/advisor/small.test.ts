import assert from 'node:assert/strict';
import { apiAddress } from '../../../src/advisor/address';
import { Budget } from '../../../src/advisor/budget';
import { chooseByLabel } from '../../../src/advisor/choice';
import { NO_USAGE } from '../../../src/advisor/model';
import { costOf, formatDollars, priceOf } from '../../../src/advisor/prices';
import { problemOf } from '../../../src/advisor/schema';
import { TOOLS } from '../../../src/advisor/tools';
import { commandLine, commandProblem } from '../../../src/advisor/tools/command';
import { CutOutput } from '../../../src/editor/advisor/cutOutput';

describe('the address of the API', () => {
  for (const address of ['https://api.anthropic.com', 'https://gateway.example/v1', 'http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:1']) {
    it(`may be ${address}`, () => assert.ok(apiAddress(address)));
  }
  for (const address of ['http://api.anthropic.com', 'http://127.0.0.1.evil.example', 'http://localhost.evil.example', 'https://user:password@api.example', 'file:///etc/passwd', 'api.anthropic.com', '', 'javascript:1']) {
    it(`may not be ${JSON.stringify(address)}`, () => assert.equal(apiAddress(address), undefined));
  }
});

describe('a command that is to be allowed', () => {
  it('stands as it is, over several lines too', () => {
    assert.equal(commandProblem('npm test\n  && echo "a\tb"'), undefined);
    assert.equal(commandProblem('echo grün 漢字 😀'), undefined);
  });
  for (const [what, command] of [['nothing', ' '], ['a direction', 'a\u202eb'], ['no width', 'a\u200bb'], ['a tag', 'a\u{e0041}b'], ['an escape', 'a\u001b[8mb'], ['a null', 'a\0b'], ['a line separator', 'a\u2028b'], ['a return', 'a\rb'], ['a Hangul filler', 'a\u3164b'], ['length', 'x'.repeat(2001)]] as const) {
    it(`may not hide something by ${what}`, () => assert.notEqual(commandProblem(command), undefined));
  }
  it('is shown as a shell would read it', () => {
    assert.equal(commandLine(['node', '--cpu-prof', "it's a \"file\".js", '']), `node --cpu-prof 'it'\\''s a "file".js' ''`);
    assert.equal(commandLine(['node', 'a.js'], { NODE_OPTIONS: '--import x' }), "NODE_OPTIONS='--import x' node a.js");
  });
});

describe('what a question costs', () => {
  it('is counted at list prices, or at the user\'s own', () => {
    const price = priceOf('claude-opus-5-5')!;
    assert.equal(costOf({ input: 1e6, output: 1e6, cacheRead: 1e6, cacheWrite: 1e6 }, price), 4 + 20 + 0.2 + 5);
    const own = { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 };
    assert.equal(priceOf('claude-opus-5-5', { 'claude-opus-5-5': own }), own);
    assert.equal(priceOf('claude-of-tomorrow'), undefined);
    assert.equal(priceOf('constructor'), undefined);
    assert.equal(priceOf('claude-opus-5-5', { 'claude-opus-5-5': { input: -1, output: 2, cacheRead: 3, cacheWrite: 4 } }), undefined);
  });

  it('is said to the cent', () => assert.deepEqual([0, 0.004, 0.0449, 1.5].map(formatDollars), ['$0.00', 'under $0.01', '$0.04', '$1.50']));

  it('never exceeds the budget, whatever the model uses of what it may', () => {
    const price = priceOf('claude-opus-5-5')!;
    for (const dollars of [0.1, 0.25, 0.5, 1, 3]) {
      const budget = new Budget({ dollars, tokens: 1e9, requests: 100, toolCalls: 100 }, price, 9000);
      let input = 9000;
      for (let most = budget.outputForInvestigating(32_000); most !== undefined; most = budget.outputForInvestigating(32_000)) {
        budget.spend({ ...NO_USAGE, cacheWrite: input, output: most });
        input += most;
      }
      const last = budget.outputForAnswering(32_000);
      if (last !== undefined) budget.spend({ ...NO_USAGE, cacheWrite: input, output: last });
      assert.ok(budget.dollars! <= dollars + 1e-9, `${budget.dollars} of ${dollars}`);
      assert.ok(budget.requests === 0 || last !== undefined, 'an investigation that has begun has its answer');
    }
  });

  it('ends at its tokens where no price is known', () => {
    const budget = new Budget({ dollars: 0, tokens: 60_000, requests: 100, toolCalls: 100 }, undefined, 5000);
    for (let most = budget.outputForInvestigating(32_000); most !== undefined; most = budget.outputForInvestigating(32_000)) budget.spend({ ...NO_USAGE, input: 5000, output: 1000 });
    assert.ok(budget.used.input + budget.used.output < 60_000);
  });
});

describe('a choice by its label', () => {
  const two = [{ label: 'a' }, { label: 'b' }];
  const options = { none: 'nothing there', mayGuess: true };
  it('takes the first where it may guess, and asks where it may not', () => {
    assert.deepEqual(chooseByLabel(two, undefined, options), { choice: two[0] });
    assert.deepEqual(chooseByLabel(two, undefined, { ...options, mayGuess: false }), { why: 'There are several: a; b. Name one.' });
    assert.deepEqual(chooseByLabel([two[1]!], undefined, { ...options, mayGuess: false }), { choice: two[1] });
  });
  it('takes no other one', () => {
    assert.deepEqual(chooseByLabel(two, 'b', options), { choice: two[1] });
    assert.deepEqual(chooseByLabel(two, 'c; rm -rf', options), { why: 'There is no "c; rm -rf". There are: a; b.' });
    assert.deepEqual(chooseByLabel([], 'a', options), { why: 'nothing there' });
  });
});

describe('the output of a command', () => {
  it('keeps its beginning and its end', () => {
    const output = new CutOutput();
    for (let i = 0; i < 10_000; i++) output.add(`line ${i}\n`);
    assert.ok(output.isCut);
    assert.match(output.text, /^line 0\n[\s\S]*characters left out[\s\S]*line 9999\n$/);
    assert.ok(output.text.length < 25_000);
  });
  it('loses its colours and nothing else', () => {
    const output = new CutOutput();
    output.add('\u001b[31mred\u001b[0m \u001b]0;title\u0007plain\n');
    assert.deepEqual([output.text, output.isCut], ['red plain\n', false]);
  });
});

describe('the tools of the persona', () => {
  it('are the twelve that it has, each with a schema that is closed', () => {
    assert.deepEqual(TOOLS.map(({ definition }) => definition.name), ['Read', 'Grep', 'Glob', 'Bash', 'findings', 'evidence', 'schema', 'call_graph', 'profile', 'benchmark', 'explain', 'propose_recommendation']);
    for (const { definition: { inputSchema } } of TOOLS) {
      assert.equal(inputSchema.additionalProperties, false);
      assert.ok(inputSchema.required!.every((name) => Object.hasOwn(inputSchema.properties!, name)));
    }
  });
  it('take nothing that does not fit', () => {
    const { inputSchema } = TOOLS[0]!.definition;
    assert.equal(problemOf({ path: 'a', offset: 1 }, inputSchema), undefined);
    assert.equal(problemOf({ path: 1 }, inputSchema), 'path is no text');
    assert.equal(problemOf({ path: 'a', offset: 1.5 }, inputSchema), 'offset is no whole number');
    assert.equal(problemOf([], inputSchema), 'it is no object');
    assert.equal(problemOf(null, inputSchema), 'it is no object');
    assert.equal(problemOf({ path: 'a', constructor: 1 }, inputSchema), 'constructor is not known');
    assert.equal(problemOf({ path: 'x'.repeat(20_001) }, inputSchema), 'path is no text');
  });
});
