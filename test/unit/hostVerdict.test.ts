import * as assert from 'node:assert/strict';
import { judge } from '../host/verdict';

const nonce = 'this run';

function sentinel(passes: number, failures: number, of = nonce): string {
  return JSON.stringify({ nonce: of, passes, failures, pending: 0 });
}

describe('the verdict on a host test run', () => {
  it('passes only a run whose own result file says so', () => {
    assert.deepEqual(judge(0, sentinel(3, 0), nonce), { passed: 3, failed: 0 });
  });

  it('fails a killed extension host, which VS Code reports as exit code 0', () => {
    assert.equal(judge(0, null, nonce).failed, 1);
  });

  it('fails on a result that another run left behind', () => {
    assert.equal(judge(0, sentinel(3, 0, 'another run'), nonce).failed, 1);
  });

  it('fails on a result cut short', () => {
    assert.equal(judge(0, sentinel(3, 0).slice(0, 20), nonce).failed, 1);
  });

  it('fails a run in which no test ran', () => {
    assert.equal(judge(0, sentinel(0, 0), nonce).failed, 1);
  });

  it('counts failures whatever VS Code reports', () => {
    assert.deepEqual(judge(0, sentinel(3, 2), nonce), { passed: 3, failed: 2 });
  });

  it('fails when every test passed but VS Code did not end well', () => {
    assert.equal(judge(1, sentinel(3, 0), nonce).failed, 1);
  });
});
