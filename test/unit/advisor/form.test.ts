import assert from 'node:assert/strict';
import { answerSchema, parseAnswer, parsePartial } from '../../../src/advisor/answer/form';

const claim = { topic: 'bottleneck', basis: 'measured', evidence: ['E1', 'none', 'E1'], text: 'It takes "480 ms" \\ more.' };
const whole = JSON.stringify({ claims: [claim, { ...claim, topic: 'question', text: 'How many?' }] });

describe('the form of an answer', () => {
  it('lets only what was shown be cited', () => {
    const schema = answerSchema(['E1', 'E2']);
    const evidence = schema.properties!.claims!.items!.properties!.evidence!;
    assert.deepEqual(evidence.items!.enum, ['E1', 'E2', 'none']);
    assert.deepEqual(Object.keys(schema.properties!.claims!.items!.properties!), ['topic', 'basis', 'evidence', 'text'], 'the text comes last');
  });

  it('is read, each id once and "none" as none', () => {
    const parsed = parseAnswer(whole);
    assert.ok('claims' in parsed, JSON.stringify(parsed));
    assert.deepEqual(parsed.claims.map(({ evidence, text }) => [evidence, text]), [[['E1'], claim.text], [['E1'], 'How many?']]);
  });

  it('is found between fences and words, where a model is not held to it', () => {
    assert.equal('claims' in parseAnswer(`Here it is:\n\`\`\`json\n${whole}\n\`\`\`\nI hope it helps.`), true);
  });

  for (const [text, problem] of [
    ['', /no JSON object/], ['It is slow.', /no JSON object/], ['{"claims": [', /no JSON object/], ['{"claims": [}', /cannot be read/], ['{}', /claims is missing/], ['{"claims": []}', /no claim/],
    [JSON.stringify({ claims: [{ ...claim, topic: 'weather' }] }), /claims\[0\]\.topic is not one of/],
    [JSON.stringify({ claims: [{ ...claim, evidence: 'E1' }] }), /claims\[0\]\.evidence is no list/],
    [JSON.stringify({ claims: [{ ...claim, priority: 'high' }] }), /priority is not known/],
    [JSON.stringify({ claims: [claim], more: 1 }), /more is not known/],
    [JSON.stringify([claim]), /claims is missing|no object/],
  ] as const) {
    it(`says what is wrong with ${text.slice(0, 50)}`, () => {
      const parsed = parseAnswer(text);
      assert.match('problem' in parsed ? parsed.problem : 'nothing', problem);
    });
  }

  it('grows claim by claim, and never by half a word or half a number', () => {
    const seen = new Set<string>();
    for (let length = 0; length <= whole.length; length++) {
      const { claims, unfinished } = parsePartial(whole.slice(0, length));
      for (const each of [...claims, ...(unfinished ? [unfinished] : [])]) seen.add(each.text);
    }
    assert.deepEqual([...seen], ['It', 'It takes', 'It takes "480', 'It takes "480 ms"', 'It takes "480 ms" \\', claim.text, 'How', 'How many?']);
  });

  it('is not held up by an answer made to slow it down', () => {
    const began = Date.now();
    parsePartial(`{"claims":[{"topic":"a${'{"topic":'.repeat(3000)}`);
    parsePartial(`{"claims":[{"topic":"${'\\"'.repeat(20_000)}`);
    parseAnswer('{'.repeat(50_000));
    assert.equal(Date.now() - began < 3000, true, `${Date.now() - began} ms`);
  });
});
