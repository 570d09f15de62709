import assert from 'node:assert/strict';
import { redact, REDACTED } from '../../../src/advisor/privacy/redact';

/** Put together here, so that no scanner takes this file for a leak. */
const made = (...parts: readonly string[]): string => parts.join('');

describe('secrets in a text', () => {
  const secrets: readonly (readonly [string, string])[] = [
    ['an Anthropic key', made('sk-', 'ant-', 'api03-abcdefghijklmnop')],
    ['an AWS key', made('AK', 'IAABCDEFGHIJKLMNOP')],
    ['a GitHub token', made('gh', 'p_abcdefghijklmnopqrstuvwxyz0123456789')],
    ['a Slack token', made('xo', 'xb-1234567890-abcdef')],
    ['a Stripe key', made('sk', '_live_abcdefghijklmnop')],
    ['a JWT', made('eyJhbGciOiJI', '.', 'eyJzdWIiOiIx', '.', 'c2lnbmF0dXJl')],
    ['a private key', made('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----')],
  ];
  for (const [name, secret] of secrets) {
    it(`removes ${name}`, () => assert.equal(redact(`const a = "${secret}"; // b`), `const a = "${REDACTED}"; // b`));
  }

  it('removes the password of a connection string and leaves the rest', () => {
    assert.equal(redact('postgres://app:hunter2hunter2@db:5432/orders'), `postgres://app:${REDACTED}@db:5432/orders`);
  });

  it('removes what is assigned to a name that says so', () => {
    assert.equal(redact(`db_password: "correct horse"`), `db_password: "${REDACTED}"`);
    assert.equal(redact('export API_KEY=abcdef123456'), `export API_KEY=${REDACTED}`);
  });

  it('leaves code alone that only speaks of secrets', () => {
    const code = 'const password = process.env.PASSWORD;\nconst tokens = countTokens(text);\nif (apiKey === undefined) throw new Error();\nconst url = "https://example.com/a@b";';
    assert.equal(redact(code), code);
  });

  it('removes a known secret in any form of text', () => {
    assert.equal(redact('key=0123456789abcdef&x', ['0123456789abcdef']), `key=${REDACTED}&x`);
  });

  it('is not held up by a text made to slow it down', () => {
    const began = Date.now();
    for (const part of ['a.', 'eyJ-', 'sk-', 'SG.', 'password ', '-----BEGIN A ', 'a://', 'A_']) redact(part.repeat(60_000 / part.length));
    assert.equal(Date.now() - began < 3000, true, `${Date.now() - began} ms`);
  });

  it('removes a private key that is cut off', () => {
    assert.equal(redact(made('-----BEGIN ', 'PRIVATE KEY-----\nMIIE')), REDACTED);
  });
});
