import assert from 'node:assert/strict';
import { answers, READY } from './answers';
import { useAdvisor } from './useAdvisor';

describe('a conversation with the advisor', function () {
  this.timeout(30_000);
  const held = useAdvisor();

  describe('before anything is sent', () => {
    it('asks for nothing and sends nothing while it is off', async () => {
      await held.start({ settings: { provider: 'off' } });
      await held.advisor.session.ask('Why?');
      assert.deepEqual(held.advisor.problems, ['advisor-off']);
      assert.deepEqual(held.advisor.api.sent, []);
      assert.equal(held.advisor.view.state, 'off');
    });

    it('sends nothing without a key', async () => {
      await held.start({ key: undefined });
      await held.advisor.session.ask('Why?');
      assert.deepEqual(held.advisor.problems, ['advisor-key-missing']);
      assert.deepEqual(held.advisor.api.sent, []);
      assert.equal(held.advisor.view.draft, 'Why?', 'the question is not lost');
    });

    it('shows what leaves the machine, and sends the question once the user agrees', async () => {
      await held.start({ consent: false, files: { '.env': 'KEY=1', 'notes.md': 'n' } });
      held.advisor.model(READY, answers(['Yes.']));
      await held.advisor.session.ask('Why is it slow?');
      assert.deepEqual(held.advisor.api.sent, []);
      const { consent, state } = held.advisor.view;
      assert.equal(state, 'consent');
      assert.equal(consent!.recipient, new URL(held.advisor.api.url).host);
      assert.deepEqual(consent!.sample, ['README.md', 'notes.md', 'src/orders.ts']);
      assert.equal(consent!.files, 3);
      assert.equal(consent!.findings, 1);
      assert.match(consent!.preview, /Why is it slow\?[\s\S]*You are a performance engineer/);
      await held.advisor.session.agree(['notes.md']);
      assert.deepEqual(held.answer(), ['Yes.']);
      assert.deepEqual(held.advisor.consent!.exclude, ['notes.md']);
    });

    it('previews exactly the words that are then sent', async () => {
      await held.start({ consent: false });
      held.advisor.model(READY, answers(['Yes.']));
      await held.advisor.session.ask('Why is it slow?');
      const shown = held.advisor.view.consent!.preview.split('\n\n--- Instructions ---')[0]!;
      await held.advisor.session.agree([]);
      const sent = (held.advisor.api.asked[0]!.messages[0]!.content as readonly { readonly text?: string }[])[0]!.text!;
      const plain = (text: string): string => text.replace(/<<<[0-9a-f]{12}>>>/g, '<<<>>>');
      assert.equal(plain(sent), plain(shown));
    });

    it('sends nothing when the user does not agree, and keeps the question', async () => {
      await held.start({ consent: false });
      await held.advisor.session.ask('Why is it slow?');
      await held.advisor.session.disagree();
      assert.deepEqual(held.advisor.api.sent, []);
      assert.equal(held.advisor.view.draft, 'Why is it slow?');
      assert.equal(held.advisor.view.state, 'ready');
    });

    it('asks again for another recipient', async () => {
      await held.start();
      held.advisor.consent = { recipient: 'api.elsewhere.example', exclude: [] };
      await held.advisor.session.ask('Why?');
      assert.equal(held.advisor.view.state, 'consent');
      assert.deepEqual(held.advisor.api.sent, []);
    });

    it('takes no consent for another recipient than the one that was shown', async () => {
      await held.start({ consent: false });
      await held.advisor.session.ask('Why?');
      held.advisor.settings = { ...held.advisor.settings, baseUrl: 'http://localhost:1' };
      await held.advisor.session.agree([]);
      assert.equal(held.advisor.consent, undefined);
      assert.equal(held.advisor.view.consent!.recipient, 'localhost:1');
      assert.deepEqual(held.advisor.api.sent, []);
    });

    it('takes the consent back', async () => {
      await held.start();
      await held.advisor.session.review();
      assert.equal(held.advisor.view.consent!.isGiven, true);
      await held.advisor.session.disagree();
      await held.advisor.session.ask('Why?');
      assert.equal(held.advisor.view.state, 'consent');
      assert.deepEqual(held.advisor.api.sent, []);
    });

    it('reads no excluded file', async () => {
      await held.start({ files: { 'notes.md': 'private' } });
      held.advisor.consent = { ...held.advisor.consent!, exclude: ['notes.md'] };
      held.advisor.model([{ tool: 'Read', input: { path: 'notes.md' } }], READY, answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      assert.doesNotMatch(JSON.stringify(held.advisor.api.sent), /private/);
      assert.match(held.advisor.of('step')[0]!.detail!, /excluded by the user/);
    });

    it('does not send a selection out of a file that holds secrets', async () => {
      await held.start({ files: { '.env': 'PASSWORD=hunter2' } });
      held.advisor.session.prepare({ kind: 'file', label: '.env', file: '.env' });
      await held.advisor.session.ask('Why?');
      assert.deepEqual(held.advisor.problems, ['advisor-not-sent']);
      assert.deepEqual(held.advisor.api.asked, []);
    });

    it('says what the question will use, and where it ends', async () => {
      await held.start();
      assert.match(held.advisor.view.estimate, /^Begins with about [\d,]+ tokens \(\$0\.\d\d\); ends at \$2\.00\.$/);
      held.advisor.settings = { ...held.advisor.settings, model: 'claude-unknown' };
      assert.match(held.advisor.view.estimate, /ends at 1,000,000 tokens\. The price of this model is not known/);
    });
  });
});
