import assert from 'node:assert/strict';
import { statusView } from '../../../src/editor/status/view';

describe('the language status', () => {
  it('counts what was found, and says what was left out', () => {
    const { text, detail, isBusy, command } = statusView({ state: 'ready', files: 1200, findings: 1, failures: 2 });
    assert.equal(text, '1 performance finding');
    assert.equal(detail, 'in 1,200 files, 2 left out, the report says why');
    assert.equal(isBusy, false);
    assert.equal(command.command, 'performanceEngineer.showReport');
  });

  it('says that nothing was found', () => {
    assert.equal(statusView({ state: 'ready', files: 3, findings: 0, failures: 0 }).text, 'No performance findings');
  });

  it('is busy while it looks', () => {
    const { detail, isBusy } = statusView({ state: 'scanning', done: 40, total: 2000 });
    assert.deepEqual({ detail, isBusy }, { detail: 'checked 40 of 2,000 files', isBusy: true });
    assert.equal(statusView({ state: 'starting' }).isBusy, true);
  });

  it('leads to a restart when the server has stopped', () => {
    const { detail, isFailed, command } = statusView({ state: 'failed', message: 'It is gone.' });
    assert.deepEqual({ detail, isFailed, command: command.command }, { detail: 'It is gone.', isFailed: true, command: 'performanceEngineer.restartServer' });
  });
});
