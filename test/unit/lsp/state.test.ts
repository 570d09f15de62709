import assert from 'node:assert/strict';
import type { CancellationToken, RemoteConsole } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FailureError, failures } from '../../../src/core/failures';
import { answering } from '../../../src/lsp/answering';
import { Configuration, DEFAULT_SETTINGS, readSettings } from '../../../src/lsp/configuration';
import { folderNames, LooseNames } from '../../../src/lsp/fileNames';
import { OpenFiles } from '../../../src/lsp/openFiles';
import type { ServerStatus } from '../../../src/lsp/protocol';
import { Publisher } from '../../../src/lsp/publisher';
import { StatusReporter } from '../../../src/lsp/statusReporter';

const START = { line: 0, character: 0 };

describe('the publisher', () => {
  it('sends diagnostics that have changed and no others', () => {
    const sent: string[] = [];
    const publisher = new Publisher(({ uri, diagnostics }) => sent.push(`${uri}: ${diagnostics.length}`));
    const diagnostics = [{ range: { start: START, end: START }, message: 'slow' }];
    assert.equal(publisher.publish('a', []), false);
    assert.equal(publisher.publish('a', diagnostics), true);
    assert.equal(publisher.publish('a', diagnostics), false);
    assert.equal(publisher.publish('a', []), true);
    assert.equal(publisher.publish('a', []), false);
    assert.deepEqual(sent, ['a: 1', 'a: 0']);
  });
});

describe('open files', () => {
  const create = (): { open: OpenFiles; document: TextDocument; seen: string[]; release: () => void } => {
    const seen: string[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const open = new OpenFiles(async (_, text) => {
      seen.push(text);
      await gate;
    });
    const document = TextDocument.create('file:///a.ts', 'typescript', 1, '1');
    open.set('a.ts', document);
    return { open, document, seen, release };
  };

  it('share one analysis among all who ask', async () => {
    const { open, seen, release } = create();
    const asked = [open.bringUpToDate('a.ts'), open.bringUpToDate('a.ts')];
    release();
    await Promise.all(asked);
    await open.bringUpToDate('a.ts');
    assert.deepEqual(seen, ['1']);
  });

  it('never analyse a text that was replaced while another one was analysed', async () => {
    const { open, document, seen, release } = create();
    const asked = open.bringUpToDate('a.ts');
    await Promise.resolve();
    for (const version of [2, 3, 4]) TextDocument.update(document, [{ text: String(version) }], version);
    release();
    await asked;
    assert.deepEqual(seen, ['1', '4']);
  });

  it('analyse the same text again once the analysis was thrown away', async () => {
    const { open, seen, release } = create();
    release();
    await open.bringUpToDate('a.ts');
    open.forget('a.ts');
    await open.bringUpToDate('a.ts');
    assert.deepEqual(seen, ['1', '1']);
  });

  it('stop waiting for a document that was closed', async () => {
    const { open, release } = create();
    const asked = open.bringUpToDate('a.ts');
    open.delete('a.ts');
    release();
    await asked;
    assert.equal(open.has('a.ts'), false);
  });
});

describe('the status', () => {
  it('is told a few times a second, and at once when the last scan is over', () => {
    const sent: ServerStatus[] = [];
    const ready: ServerStatus = { state: 'ready', files: 3, findings: 1, failures: 0 };
    const status = new StatusReporter((one) => sent.push(one), () => ready);
    for (let done = 1; done <= 100; done++) status.progress('a', { done, total: 100 });
    status.progress('b', { done: 1, total: 50 });
    status.ended('a');
    assert.deepEqual(sent, [{ state: 'scanning', done: 1, total: 100 }]);
    status.ended('b');
    assert.deepEqual(sent.at(-1), ready);
  });
});

describe('the configuration of a session', () => {
  it('keeps the last valid performance.json in force, under the settings', async () => {
    const configuration = new Configuration();
    await configuration.setText('{"rules": {"mean-latency": "low", "missing-index": "off"}}');
    await configuration.setText('{"rules": 3}');
    assert.equal(configuration.diagnostics().length, 1);
    configuration.setSettings({ ...DEFAULT_SETTINGS, rules: { 'mean-latency': 'high' } });
    assert.deepEqual({ ...configuration.current.rules }, { 'mean-latency': 'high', 'missing-index': 'off' });
    await configuration.setText(undefined);
    assert.deepEqual(configuration.diagnostics(), []);
    assert.deepEqual({ ...configuration.current.rules }, { 'mean-latency': 'high' });
  });

  it('keeps the newest text, however long an older one has to wait for its reader', async () => {
    const configuration = new Configuration();
    await Promise.all([configuration.setText('{"rules": 3}'), configuration.setText('{"rules": {"mean-latency": "low"}}'), configuration.setText(undefined)]);
    assert.deepEqual(configuration.diagnostics(), []);
    assert.deepEqual({ ...configuration.current.rules }, {});
  });

  it('takes of the settings what has the right type', () => {
    assert.deepEqual(readSettings(null), DEFAULT_SETTINGS);
    assert.deepEqual(readSettings({ codeLens: 'yes', exclude: ['dist', 3], rules: { a: 'loud', b: 'low' }, trusted: true, nodePath: 5 }), {
      ...DEFAULT_SETTINGS,
      exclude: ['dist'],
      rules: { b: 'low' },
      trusted: true,
    });
  });
});

describe('the names of files', () => {
  it('are relative inside a folder, whatever the URI has to escape', () => {
    const names = folderNames('file:///work%20space/a%23b')!;
    assert.equal(names.name, 'a#b');
    assert.equal(names.fileOf('file:///work%20space/a%23b/src/%5Bid%5D.ts'), 'src/[id].ts');
    assert.equal(names.fileOf(names.uriOf('src/50%.ts')), 'src/50%.ts');
    for (const outside of ['file:///work%20space/a%23bc/x.ts', 'file:///work%20space/x.ts', 'file:///work%20space/a%23b', 'untitled:x.ts']) {
      assert.equal(names.fileOf(outside), undefined, outside);
    }
    assert.equal(names.fileOf('file:///work%20space/a%23b/..x.ts'), '..x.ts');
  });

  it('exist only for folders on this disk', () => assert.equal(folderNames('vscode-vfs://github/owner/repository'), undefined));

  it('of an unsaved document end with the extension of its language', () => {
    const names = new LooseNames();
    names.admit({ uri: 'untitled:Untitled-1', languageId: 'python' });
    assert.equal(names.fileOf('untitled:Untitled-1'), 'Untitled-1.py');
    assert.equal(names.uriOf('Untitled-1.py'), 'untitled:Untitled-1');
  });
});

describe('the answer to a request', () => {
  const log: string[] = [];
  const console = { error: (message: string) => log.push(message) } as unknown as RemoteConsole;
  const token = (isCancellationRequested: boolean) => ({ isCancellationRequested }) as CancellationToken;
  const ask = (handle: () => unknown, cancelled = false) => answering(console, 'lenses', handle)(undefined, token(cancelled));

  it('carries a failure with its code and does not log it', async () => {
    const failure = failures.unknownFinding('x');
    await assert.rejects(ask(() => { throw new FailureError(failure); }), { code: -32803, message: failure.message, data: failure });
    assert.deepEqual(log, []);
  });

  it('is an error with a log entry when something else goes wrong', async () => {
    await assert.rejects(ask(() => { throw new TypeError('no tree'); }), { code: -32603, message: 'lenses failed: no tree' });
    assert.match(log[0]!, /^lenses: TypeError: no tree\n\s+at /);
  });

  it('is not worked out once it was cancelled', async () => {
    let worked = false;
    await assert.rejects(ask(() => (worked = true), true), { code: -32800 });
    assert.equal(worked, false);
  });
});
