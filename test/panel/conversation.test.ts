import * as assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ConversationView } from '../../src/advisor/view';
import { type FromConversation, isFromConversation, isToConversation } from '../../src/panel/conversation/protocol';
import { audit, auditColours } from './audit';
import { conversationMessage, CONVERSATIONS } from './conversations';
import { sharedWebviews } from './shared';
import { squeezed } from './usePanel';
import { OTHER_THEMES, THEMES, type Webview, type WebviewOptions, type Webviews } from './webview';

const PICTURES = join(__dirname, '../../out/panel');
const NAMES = Object.keys(CONVERSATIONS) as (keyof typeof CONVERSATIONS)[];

describe('the conversation view', function () {
  this.timeout(180_000);
  let webviews: Webviews;
  let webview: Webview | undefined;
  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    webviews = await sharedWebviews();
  });

  const show = async (name: keyof typeof CONVERSATIONS, options: WebviewOptions = {}): Promise<Page> => {
    webview = await webviews.open({ ...options, view: 'conversation' });
    await webview.send(conversationMessage(1, name));
    await webview.forgetPosted();
    return webview.page;
  };
  const send = (seq: number, view: ConversationView): Promise<void> => webview!.send({ type: 'view', seq, view });
  const acts = async (): Promise<unknown[]> => (await webview!.posted()).filter(message => (message as { type: string }).type !== 'ack');

  afterEach(async () => {
    if (webview === undefined) return;
    const problems = await webview.problems();
    const posted = await webview.posted();
    webview = undefined;
    assert.deepEqual(problems, []);
    assert.deepEqual(posted.filter(message => !isFromConversation(message)), []);
  });

  // The others are made of the same parts.
  for (const name of ['answered', 'off', 'consent', 'asking', 'problem', 'unformed', 'hostile'] as const) {
    it(`${name} has nothing for axe to find, in any theme`, async () => {
      const page = await show(name, { height: 6000, reducedMotion: true });
      await page.locator('details').evaluateAll(all => all.forEach(node => ((node as unknown as { open: boolean }).open = true)));
      assert.equal(await audit(page), '');
      for (const theme of OTHER_THEMES) {
        await webview!.wear(theme);
        assert.equal(await auditColours(page), '', theme);
      }
    });
  }

  for (const theme of THEMES) {
    it(`is pictured in ${theme}`, async () => {
      for (const name of ['answered', 'asking', 'consent', 'off'] as const) {
        const page = await show(name, { theme, width: 340, height: 760, pixelRatio: 2, reducedMotion: true });
        const picture = await page.screenshot({ path: join(PICTURES, `conversation-${name}-${theme}.png`), fullPage: true });
        assert.ok(picture.byteLength > 5000);
      }
    });
  }

  it('says where each number comes from, and strikes out with the reason', async () => {
    const page = await show('answered');
    const answer = squeezed(await page.locator('[data-entry="e7"]').textContent());
    assert.match(answer, /p95 of 483 ms measured; the target is 200 ms declared\. You see 5 s you say/);
    assert.match(answer, /queries 90 % \(struck out: not in E7\)/);
    assert.match(answer, /E7 measured an earlier version of listOrders/);
    assert.equal(await page.locator('del').textContent(), '90 %');
  });

  it('leads to runs, findings and places', async () => {
    const page = await show('answered');
    await page.getByRole('button', { name: 'measured, open run 20261122T202000-4d5e6f' }).first().click();
    await page.getByRole('button', { name: /^E4 finding/ }).click();
    await page.getByRole('button', { name: 'src/orders.ts:4' }).click();
    assert.deepEqual(await acts(), [
      { type: 'openRun', runId: '20261122T202000-4d5e6f' }, { type: 'showFinding', findingId: 'f1' }, { type: 'goTo', file: 'src/orders.ts', line: 3 },
    ]);
  });

  it('shows what comes from models and files as text, whatever it holds', async () => {
    const page = await show('hostile');
    assert.equal(await page.locator('performance-conversation img, performance-conversation script, performance-conversation a').count(), 0);
    assert.equal(await page.title(), 'Performance Engineer');
    assert.ok((await page.locator('.asked').textContent())!.includes('<script>'));
    assert.ok((await page.locator('pre.command').textContent())!.includes('\u202eesrever'), 'a command stands exactly as it would run');
  });

  describe('asks', () => {
    it('by Enter, and begins a line by Shift+Enter', async () => {
      const page = await show('empty');
      const field = page.getByRole('textbox', { name: 'Question' });
      await field.focus();
      await page.keyboard.type('Why is');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('it slow?');
      await page.keyboard.press('Enter');
      assert.deepEqual(await acts(), [{ type: 'ask', text: 'Why is\nit slow?' }]);
      assert.equal(await field.inputValue(), '');
    });

    it('nothing while nothing is written, and by the button', async () => {
      const page = await show('empty');
      await page.getByRole('textbox', { name: 'Question' }).press('Enter');
      assert.deepEqual(await acts(), []);
      await page.getByRole('textbox', { name: 'Question' }).fill('Why?');
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      assert.deepEqual(await acts(), [{ type: 'ask', text: 'Why?' }]);
    });

    it('what was begun for the user, once they send it', async () => {
      const page = await show('empty');
      await send(2, { ...CONVERSATIONS.empty, draft: 'Plan the next measurement.' });
      assert.equal(await page.getByRole('textbox', { name: 'Question' }).inputValue(), 'Plan the next measurement.');
      assert.deepEqual(await acts(), []);
    });

    it('and keeps what is being written when the conversation changes or the window is reloaded', async () => {
      const page = await show('writing');
      await page.getByRole('textbox', { name: 'Question' }).fill('The next one');
      await send(2, CONVERSATIONS.answered);
      assert.equal(await page.getByRole('textbox', { name: 'Question' }).inputValue(), 'The next one');
      await page.reload();
      await webview!.send(conversationMessage(1, 'answered'));
      assert.equal(await page.getByRole('textbox', { name: 'Question' }).inputValue(), 'The next one');
    });

    it('says what it is about, what it will use, and can be about everything', async () => {
      const page = await show('empty');
      assert.match(squeezed(await page.locator('.composer').textContent()), /About lines 4 to 9 of src\/orders\.ts.*Begins with about 8,400 tokens/);
      await page.getByRole('button', { name: 'Ask about the whole workspace' }).click();
      assert.deepEqual(await acts(), [{ type: 'wholeWorkspace' }]);
    });

    it('can be stopped, and sends nothing meanwhile', async () => {
      const page = await show('writing');
      await page.getByRole('textbox', { name: 'Question' }).fill('More');
      await page.getByRole('textbox', { name: 'Question' }).press('Enter');
      assert.deepEqual(await acts(), []);
      await page.getByRole('button', { name: 'Stop' }).click();
      assert.deepEqual(await acts(), [{ type: 'stop' }]);
    });
  });

  describe('a command', () => {
    for (const [name, decision] of [['Run once', 'once'], ['Always allow this exact command', 'always'], ['Do not run', 'no']] as const) {
      it(`is answered by the keyboard: ${name}`, async () => {
        const page = await show('asking');
        await page.getByRole('button', { name, exact: true }).press('Enter');
        assert.deepEqual(await acts(), [{ type: 'decide', approval: 'e3', decision }]);
      });
    }

    it('is announced, shown exactly, and never has the focus by itself', async () => {
      const page = await show('writing');
      await page.getByRole('textbox', { name: 'Question' }).focus();
      await send(2, CONVERSATIONS.asking);
      assert.equal(await page.getByRole('status').textContent(), 'A command waits for your decision.');
      assert.equal(await page.locator('pre.command').textContent(), 'npm run bench -- --json out.json');
      assert.equal(await page.locator('performance-conversation textarea:focus').count(), 1);
    });

    it('that was answered offers nothing more', async () => {
      const page = await show('answered');
      assert.match(squeezed(await page.locator('[data-entry="e5"]').textContent()), /Command Allowed once\./);
      assert.equal(await page.locator('[data-entry="e5"] vscode-button').count(), 0);
    });
  });

  describe('the consent', () => {
    it('takes the keyboard, names the recipient, and is given with its exclude list', async () => {
      const page = await show('empty');
      await send(2, CONVERSATIONS.consent);
      assert.equal(squeezed(await page.locator('performance-conversation :focus').textContent()), 'What is sent to api.anthropic.com');
      assert.match(await page.getByRole('status').textContent() ?? '', /look over what leaves your machine/);
      const field = page.getByRole('textbox', { name: /Never read these files/ });
      assert.equal(await field.inputValue(), 'internal/**');
      await field.fill('internal/**\n\n notes.md ');
      await page.getByRole('button', { name: 'Agree for this workspace' }).click();
      assert.deepEqual(await acts(), [{ type: 'agree', exclude: ['internal/**', 'notes.md'] }]);
    });

    it('shows the first message and the files, and can be refused', async () => {
      const page = await show('consent');
      await page.getByText('The first message, as it would be sent').click();
      assert.match((await page.getByLabel('The first message').textContent())!, /Why is GET \/orders slow\?/);
      await page.getByText('The files that can be read').click();
      assert.match(squeezed(await page.locator('.files').textContent()), /src\/orders\.ts/);
      await page.getByRole('button', { name: 'Do not send' }).click();
      assert.deepEqual(await acts(), [{ type: 'disagree' }]);
    });

    it('is looked over, taken back, and its commands forgotten', async () => {
      const page = await show('review');
      await page.getByText('Commands that run without being asked for (1)').click();
      await page.getByRole('button', { name: 'Ask again for each' }).click();
      await page.getByRole('button', { name: 'Take back' }).click();
      assert.deepEqual(await acts(), [{ type: 'forgetAllowed' }, { type: 'disagree' }]);
    });
  });

  it('offers the next step where no question can be asked', async () => {
    for (const [name, button, act] of [['off', 'Choose who answers', 'chooseProvider'], ['no-key', 'Set API key', 'setKey'], ['no-folder', 'Open Folder', 'openFolder'], ['problem', 'Try again', 'retry']] as const) {
      const page = await show(name);
      await page.getByRole('button', { name: button }).first().click();
      assert.deepEqual(await acts(), [{ type: act }]);
    }
  });

  it('announces the end of an answer, and what was struck out', async () => {
    const page = await show('writing');
    await send(2, CONVERSATIONS.answered);
    assert.equal(await page.getByRole('status').textContent(), 'The answer is there: 4 statements, 1 struck out.');
    assert.equal(await page.locator('.claims').getAttribute('aria-busy'), 'false');
  });

  it('follows what is added while the user reads along, and stays where they read back', async () => {
    const page = await show('answered', { height: 300 });
    const top = () => page.evaluate(() => (globalThis as unknown as { scrollY: number }).scrollY);
    const height = () => page.evaluate(() => (globalThis as unknown as { document: { scrollingElement: { scrollHeight: number } } }).document.scrollingElement.scrollHeight);
    assert.ok((await top()) + 300 >= (await height()) - 2, 'it begins at the end');
    await page.evaluate(() => (globalThis as unknown as { scrollTo(x: number, y: number): void }).scrollTo(0, 0));
    await send(2, { ...CONVERSATIONS.answered, entries: [...CONVERSATIONS.answered.entries, { kind: 'question', id: 'e20', text: 'More?', subject: { kind: 'workspace', label: 'w' } }] });
    assert.equal(await top(), 0);
  });

  it('moves the keyboard to the question when the user has asked to write one', async () => {
    const page = await show('empty');
    await webview!.send({ type: 'focus', seq: 2 });
    assert.equal(await page.locator('performance-conversation textarea:focus').count(), 1);
  });
});

describe('the protocol of the conversation', () => {
  const messages: readonly FromConversation[] = [
    { type: 'ready' }, { type: 'ack', seq: 1 }, { type: 'ask', text: 'a' }, { type: 'stop' }, { type: 'retry' }, { type: 'decide', approval: 'e1', decision: 'once' },
    { type: 'agree', exclude: ['a'] }, { type: 'disagree' }, { type: 'review' }, { type: 'forgetAllowed' }, { type: 'startAnew' }, { type: 'wholeWorkspace' },
    { type: 'chooseProvider' }, { type: 'setKey' }, { type: 'openFolder' }, { type: 'goTo', file: 'a', line: 0 }, { type: 'openRun', runId: 'r' }, { type: 'showFinding', findingId: 'f' },
  ];
  for (const message of messages) {
    it(`takes ${message.type} whole, and not a field less or more`, () => {
      assert.ok(isFromConversation(message));
      for (const key of Object.keys(message)) {
        const { [key]: _, ...rest } = message as Record<string, unknown>;
        assert.ok(!isFromConversation(rest), `without ${key}`);
      }
      assert.ok(!isFromConversation({ ...message, more: 1 }));
    });
  }

  for (const message of [null, 'ask', { type: 'ask', text: 'x'.repeat(100_001) }, { type: 'decide', approval: 'e1', decision: 'yes' }, { type: 'runCommand', command: 'x' }, { type: 'agree', exclude: 'a' }, { type: 'goTo', file: 'a', line: -1 }, { type: '__proto__' }]) {
    it(`refuses ${JSON.stringify(message)?.slice(0, 60)}`, () => assert.ok(!isFromConversation(message)));
  }

  it('takes every conversation to the view, and none in which any single value has another type', () => {
    for (const name of NAMES) {
      const message = conversationMessage(1, name);
      assert.ok(isToConversation(message), name);
      let tried = 0;
      const visit = (node: Record<string, unknown>): void => {
        for (const [key, value] of Object.entries(node)) {
          if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>);
          node[key] = Symbol('another type');
          assert.ok(!isToConversation(copy), `${name}: ${key}`);
          node[key] = value;
          tried++;
        }
      };
      const copy = structuredClone(message);
      visit((copy as unknown as { view: Record<string, unknown> }).view);
      assert.ok(tried >= 6);
    }
  });
});
