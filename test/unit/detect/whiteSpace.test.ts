import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withoutWhiteSpace } from '../../../src/core/text';

describe('a text without its white space', () => {
  it('is what the pattern would leave, in plain text and with the spaces of other scripts', () => {
    const unit = fc.constantFrom('a', 'B_1', '(', ' ', '\t', '\r\n', '\f', '\u001d', '\u00a0', '\u2003', 'é', '');
    fc.assert(fc.property(fc.array(unit).map((units) => units.join('')), (text) => assert.equal(withoutWhiteSpace(text), text.replace(/\s+/g, ''))));
  });
});
