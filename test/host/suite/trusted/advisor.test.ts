import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import * as vscode from 'vscode';
import type { ModelRequest } from '../../../../src/advisor/model';
import { FailureError } from '../../../../src/core/failures';
import { mcpServers } from '../../../../src/editor/advisor/agents';
import { LanguageModel } from '../../../../src/editor/advisor/languageModel';
import { TerminalRunner } from '../../../../src/editor/advisor/terminalRunner';
import type { Facts } from '../../../../src/editor/facts';
import { activateExtension, readyExtension } from '../extension';
import { eventually } from '../waiting';
import { open, uriOf } from '../workspace';

const never = new AbortController().signal;

describe('language-model tools', function () {
  this.timeout(120_000);
  before(readyExtension);

  const invoke = async (name: string, input: object): Promise<string> => {
    const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
  };

  it('are there with their descriptions and schemas', () => {
    const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('performance_'));
    assert.deepEqual(tools.map(({ name }) => name).sort(), ['performance_explain', 'performance_findings', 'performance_profile', 'performance_report']);
    assert.ok(tools.every(({ description, inputSchema }) => description.length > 50 && inputSchema !== undefined));
  });

  it('tell the findings of the workspace, each marked', async () => {
    const text = await invoke('performance_findings', { file: 'typescript/src/orders.ts' });
    assert.match(text, /^\[(?:estimate|measured, run \S+)\] (?:high|medium|low|deferred), rule [\w-]+: .* at typescript\/src\/orders\.ts:\d+/);
    assert.match(await invoke('performance_findings', { rule: 'no-such-rule' }), /There is no rule no-such-rule/);
  });

  it('print the report', async () => {
    assert.match(await invoke('performance_report', {}), /^# Performance report[\s\S]*### High Priority/);
  });

  it('tell what was measured, and of which table a query cannot be explained', async () => {
    assert.match(await invoke('performance_profile', { file: 'typescript/src/orders.ts', functionName: 'nobody' }), /Nothing was measured there yet/);
    assert.match(await invoke('performance_explain', { sql: 'SELECT id FROM nowhere' }), /nowhere/);
  });

  it('explain nothing before somebody has allowed it', async () => {
    const proofs = (): string[] => {
      const runs = uriOf('.performance/runs').fsPath;
      return fs.existsSync(runs) ? fs.readdirSync(runs).filter((file) => (JSON.parse(fs.readFileSync(path.join(runs, file), 'utf8')) as { kind: string }).kind === 'proof') : [];
    };
    const before = proofs();
    // The question is a modal dialog, and VS Code shows none while it is tested: it fails with the words of the dialog.
    await assert.rejects(invoke('performance_explain', { sql: 'SELECT id, sku FROM products WHERE name = $1' }), /May this run in your terminal/);
    assert.deepEqual(proofs(), before);
  });

  it('say what does not fit', async () => {
    assert.match(await invoke('performance_findings', { files: 'x' }), /files is not known/);
  });

  it('load the advisor, and neither of the SDKs', async () => {
    const { extensionPath } = await activateExtension();
    await invoke('performance_report', {});
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(extensionPath)).map((file) => path.relative(extensionPath, file).replaceAll('\\', '/'));
    assert.ok(loaded.includes('dist/advisor.js'));
    assert.ok(!loaded.some((file) => /anthropic|mcp/.test(file)), loaded.join());
  });
});

describe('the MCP server that VS Code is offered', function () {
  this.timeout(60_000);

  it('runs with the editor\'s own Node and answers the official client', async () => {
    const { extensionPath, packageJSON } = await activateExtension();
    const [definition, ...others] = mcpServers(path.join(extensionPath, 'dist/cli.js'), packageJSON.version as string);
    assert.deepEqual(others, []);
    assert.equal(definition!.label, 'Performance Engineer');
    const client = new Client({ name: 'host test', version: '1.0.0' });
    const env = Object.fromEntries(Object.entries(definition!.env).map(([name, value]) => [name, String(value)]));
    await client.connect(new StdioClientTransport({ command: definition!.command, args: definition!.args, env, cwd: definition!.cwd!.fsPath, stderr: 'ignore' }));
    try {
      const { content } = (await client.callTool({ name: 'performance_findings', arguments: { limit: 1 } })) as { content: { text: string }[] };
      assert.match(content[0]!.text, /^\[(?:estimate|measured)/);
    } finally {
      await client.close();
    }
  });
});

describe('the advisor while nobody was chosen to answer', function () {
  this.timeout(60_000);
  let facts: Facts;
  before(async () => (facts = await readyExtension()));

  it('is off, and a workspace cannot switch it on or send it elsewhere', async () => {
    const file = uriOf('.vscode/settings.json').fsPath;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ 'performanceEngineer.advisor.provider': 'anthropic', 'performanceEngineer.advisor.baseUrl': 'https://evil.example', 'performanceEngineer.timeLimit': 77 }));
    try {
      const settings = () => vscode.workspace.getConfiguration('performanceEngineer');
      await eventually('the settings of the workspace are read', () => settings().get('timeLimit') === 77 || undefined);
      assert.equal(settings().get('advisor.provider'), 'off');
      assert.equal(settings().get('advisor.baseUrl'), 'https://api.anthropic.com');
      assert.notEqual(facts.conversation.shown.state, 'ready');
    } finally {
      fs.rmSync(path.dirname(file), { recursive: true });
    }
  });

  it('says what comes first before a model can be chosen', async () => {
    assert.equal((await vscode.commands.executeCommand<{ code: string }>('performanceEngineer.chooseModel')).code, 'advisor-off');
  });

  it('has no view and no transcript', () => {
    assert.equal(facts.conversation.acknowledged, 0);
    assert.equal(fs.existsSync(uriOf('.performance/advisor').fsPath), false);
  });
});

describe('the commands of the advisor', function () {
  this.timeout(60_000);
  let facts: Facts;
  const provider = (value: string | undefined) => vscode.workspace.getConfiguration('performanceEngineer').update('advisor.provider', value, vscode.ConfigurationTarget.Global);
  before(async () => {
    facts = await readyExtension();
    await provider('vscode');
  });
  after(() => provider(undefined));

  const prepared = () => {
    const { subject, draft, entries } = facts.conversation.shown;
    assert.deepEqual(entries, [], 'nothing is asked before the user sends it');
    return { kind: subject.kind, label: subject.label, draft };
  };

  it('begin a question about the next measurement, about a recommendation, and about the place of the cursor', async () => {
    await vscode.commands.executeCommand('performanceEngineer.planMeasurement');
    assert.match(prepared().draft, /^Plan the next measurement: /);
    assert.equal(prepared().kind, 'workspace');

    const { report } = await eventually('the report is shown', () => facts.report.shown);
    const [item] = Object.values(report.recommendations).flat();
    await vscode.commands.executeCommand('performanceEngineer.explainRecommendation', item!.id);
    assert.match(prepared().draft, /^Explain this recommendation: /);
    assert.deepEqual([prepared().kind, prepared().label], ['recommendation', `the recommendation "${item!.title}"`]);
    const unknown = await vscode.commands.executeCommand<{ code: string }>('performanceEngineer.explainRecommendation', 'no-such-finding');
    assert.equal(unknown.code, 'unknown-finding');

    const editor = await open('typescript/src/orders.ts');
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    await vscode.commands.executeCommand('performanceEngineer.ask', '/api/orders takes 5 s');
    assert.deepEqual(prepared(), { kind: 'selection', label: 'lines 1 to 3 of typescript/src/orders.ts', draft: '/api/orders takes 5 s' });
  });
});

describe('a conversation with a model that another extension brings', function () {
  this.timeout(90_000);
  let facts: Facts;
  let provider: vscode.Disposable;
  /** What the model was sent, request by request, as JSON. */
  const sent: string[] = [];
  /** What it answers, request by request. */
  const turns: vscode.LanguageModelResponsePart[] = [
    new vscode.LanguageModelToolCallPart('c1', 'findings', { file: 'typescript/src/orders.ts', limit: 1 }),
    new vscode.LanguageModelTextPart('READY'),
    new vscode.LanguageModelTextPart(JSON.stringify({ claims: [{ topic: 'bottleneck', basis: 'measured', evidence: ['E999'], text: 'The p95 is 12 ms.' }] })),
  ];
  const settings = () => vscode.workspace.getConfiguration('performanceEngineer');

  before(async () => {
    facts = await readyExtension();
    provider = vscode.lm.registerLanguageModelChatProvider('host-test', {
      provideLanguageModelChatInformation: () => [
        { id: 'm1', name: 'Host test', family: 'test', version: '1', maxInputTokens: 100_000, maxOutputTokens: 4000, capabilities: { toolCalling: true } },
      ],
      provideLanguageModelChatResponse: async (_, messages, __, progress) => {
        sent.push(JSON.stringify(messages));
        progress.report(turns.shift()!);
      },
      provideTokenCount: async () => 10,
    });
    await settings().update('advisor.provider', 'vscode', vscode.ConfigurationTarget.Global);
    await settings().update('advisor.languageModel', 'host-test/m1', vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    provider.dispose();
    await vscode.commands.executeCommand('performanceEngineer.newConversation');
    await settings().update('advisor.languageModel', undefined, vscode.ConfigurationTarget.Global);
    await settings().update('advisor.provider', undefined, vscode.ConfigurationTarget.Global);
  });

  it('is sent nothing before the user agrees, looks with our tools, and is held to the evidence', async () => {
    await vscode.commands.executeCommand('performanceEngineer.planMeasurement');
    facts.conversation.act({ type: 'ask', text: 'How slow is it?' });
    const { consent } = await eventually('the consent is asked for', () => (facts.conversation.shown.state === 'consent' ? facts.conversation.shown : undefined));
    assert.equal(consent!.recipient, 'host-test in VS Code');
    assert.deepEqual(sent, []);
    facts.conversation.act({ type: 'agree', exclude: [] });
    const answer = await eventually('the answer is there', () => {
      const problem = facts.conversation.shown.entries.find((entry) => entry.kind === 'problem');
      assert.equal(problem, undefined, JSON.stringify(problem));
      return facts.conversation.shown.entries.find((entry) => entry.kind === 'answer' && entry.isFinal);
    });
    assert.equal(sent.length, 3);
    assert.match(sent[1]!, /typescript\/src\/orders\.ts:\d+/);
    assert.match(JSON.stringify(answer), /"kind":"struck","text":"12 ms"/);
  });
});

describe('the terminal of the advisor', function () {
  this.timeout(60_000);
  let runner: TerminalRunner;
  let timeoutMs = 20_000;
  before(() => (runner = new TerminalRunner(uriOf('.').fsPath, () => timeoutMs)));
  after(() => runner.dispose());

  it('shows a command, runs it in the workspace, and hands back what it said', async () => {
    const { output, code, ending, isCut } = await runner.run('pwd; echo problem >&2; exit 3', never);
    assert.deepEqual({ code, ending, isCut }, { code: 3, ending: 'exited', isCut: false });
    assert.ok(output.includes(uriOf('.').fsPath.replace(/\/$/, '')) && output.includes('problem'), output);
    assert.equal(vscode.window.terminals.filter(({ name }) => name === 'Performance Engineer').length, 1);
  });

  it('gives it no input and nothing of the editor\'s own environment', async () => {
    process.env.ANTHROPIC_API_KEY = 'of-the-environment';
    try {
      const { output, ending } = await runner.run('cat; env', never);
      assert.equal(ending, 'exited');
      assert.doesNotMatch(output, /^(?:ANTHROPIC_|VSCODE_|ELECTRON_)/m);
    } finally {
      delete process.env.ANTHROPIC_API_KEY;
    }
  });

  it('ends one that takes too long, with what it has started', async () => {
    timeoutMs = 500;
    const { ending, output } = await runner.run('echo started; sleep 600 & echo $!; sleep 600', never);
    timeoutMs = 20_000;
    assert.equal(ending, 'timed-out');
    const child = Number(/started\s+(\d+)/.exec(output)![1]);
    await eventually('its child is gone', () => !isAlive(child) || undefined);
  });

  it('ends one that is stopped', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    assert.equal((await runner.run('sleep 600', controller.signal)).ending, 'cancelled');
  });

  it('cuts a flood, and goes on', async () => {
    const { output, isCut, code } = await runner.run('yes measure | head -n 2000000; echo the end', never);
    assert.deepEqual({ isCut, code }, { isCut: true, code: 0 });
    assert.ok(output.length < 30_000 && output.endsWith('the end\n'));
  });

  it('says that the user has closed it', async () => {
    const running = runner.run('sleep 600', never);
    const terminal = vscode.window.terminals.find(({ name }) => name === 'Performance Engineer')!;
    setTimeout(() => terminal.dispose(), 300);
    assert.equal((await running).ending, 'cancelled');
    assert.equal((await runner.run('echo again', never)).output, 'again\n');
  });
});

describe('a model of VS Code', () => {
  const request: ModelRequest = {
    system: 'You measure.', maxTokens: 100,
    tools: [{ name: 'Read', description: 'Reads.', inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] } }],
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Why?' }] },
      { role: 'assistant', content: [{ type: 'opaque', model: 'other', raw: {} }, { type: 'tool-use', id: 't1', name: 'Read', input: { path: 'a.ts' } }] },
      { role: 'user', content: [{ type: 'tool-result', id: 't1', text: 'export {}', isError: false }] },
    ],
  };

  /** Stands for what another extension brings: it keeps what it was sent, and streams the parts it is given. */
  function modelThat(stream: () => AsyncIterable<unknown>) {
    const sent: { messages: vscode.LanguageModelChatMessage[]; options?: vscode.LanguageModelChatRequestOptions }[] = [];
    const chat: vscode.LanguageModelChat = {
      name: 'Test', id: 'test-1', vendor: 'tester', family: 'test', version: '1', maxInputTokens: 1000,
      countTokens: async (text) => (typeof text === 'string' ? text.length : 10),
      sendRequest: async (messages, options) => {
        sent.push({ messages, options });
        return { stream: stream(), text: (async function* () {})() };
      },
    };
    return { model: new LanguageModel(chat), sent };
  }

  it('gets instructions, tools, calls and results, and nothing that another model has thought', async () => {
    const { model, sent } = modelThat(async function* () {
      yield new vscode.LanguageModelTextPart('Read');
      yield new vscode.LanguageModelTextPart('ing.');
      yield new vscode.LanguageModelToolCallPart('c1', 'Read', { path: 'b.ts' });
    });
    const texts: string[] = [];
    const turn = await model.respond(request, { signal: never, onText: (text) => texts.push(text) });
    assert.deepEqual(turn, {
      content: [{ type: 'text', text: 'Reading.' }, { type: 'tool-use', id: 'c1', name: 'Read', input: { path: 'b.ts' } }],
      stop: 'tools',
      usage: { input: 40, output: 8, cacheRead: 0, cacheWrite: 0 },
    });
    assert.deepEqual(texts, ['Read', 'Reading.']);
    const [{ messages, options }] = sent as [(typeof sent)[0]];
    const kinds = [vscode.LanguageModelTextPart, vscode.LanguageModelTextPart, vscode.LanguageModelToolCallPart, vscode.LanguageModelToolResultPart];
    assert.equal(messages.length, kinds.length);
    messages.forEach(({ content }, i) => assert.ok(content.length === 1 && content[0] instanceof kinds[i]!, `message ${i}`));
    assert.deepEqual(options!.tools!.map(({ name }) => name), ['Read']);
    assert.equal(model.recipient, 'tester in VS Code');
  });

  it('fails with the next step', async () => {
    for (const [error, code] of [[vscode.LanguageModelError.NoPermissions(), 'advisor-forbidden'], [vscode.LanguageModelError.Blocked(), 'advisor-rate-limited'], [vscode.LanguageModelError.NotFound(), 'advisor-no-language-model'], [new Error('cut'), 'advisor-broken-answer']] as const) {
      const { model } = modelThat(async function* () {
        throw error;
      });
      const thrown: unknown = await model.respond(request, { signal: never }).catch((each: unknown) => each);
      assert.ok(thrown instanceof FailureError);
      assert.equal(thrown.failure.code, code);
    }
  });

  it('is cancelled with the reason it was given', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const { model } = modelThat(async function* () {
      yield new vscode.LanguageModelTextPart('half');
      controller.abort(reason);
      yield new vscode.LanguageModelTextPart('more');
    });
    assert.equal(await model.respond(request, { signal: controller.signal }).catch((error: unknown) => error), reason);
  });
});

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
