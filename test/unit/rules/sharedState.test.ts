import assert from 'node:assert/strict';
import { domainOfName, stateKept } from '../../../src/rules/sharedState';
import { detectorOf } from '../fixtures/workspaceOf';

const RULES = ['in-process-state', 'unbounded-cache', 'growing-collection'];

describe('collections that outlive a call', () => {
  it('are the business of one rule each, in TypeScript', async () => {
    const text = `import express from 'express';
const app = express();
const sessions = new Map<string, object>();
const profiles = new Map<string, object>();
const visits: string[] = [];
declare function load(id: string): object;
app.get('/:id', (req, res) => {
  const userId = req.params.id;
  if (!sessions.has(userId)) sessions.set(userId, {});
  if (!profiles.has(userId)) profiles.set(userId, load(userId));
  visits.push(userId);
  res.json(visits.length);
});
`;
    assert.deepEqual(await findingsIn('app.ts', text), ['9 in-process-state', '10 unbounded-cache', '11 growing-collection']);
  });

  it('are the business of one rule each, in Python', async () => {
    const text = `from flask import Flask
app = Flask(__name__)
sessions = {}
profiles = {}
visits = []

@app.get("/<user_id>")
def show(user_id):
    if user_id not in sessions:
        sessions[user_id] = {}
    if user_id not in profiles:
        profiles[user_id] = {}
    visits.append(user_id)
    return ""
`;
    assert.deepEqual(await findingsIn('app.py', text), ['10 in-process-state', '12 unbounded-cache', '13 growing-collection']);
  });

  it('say by their names what they keep', () => {
    assert.equal(stateKept('this.loginAttempts'), 'rate limits');
    assert.equal(stateKept('_sessions'), 'sessions');
    assert.equal(stateKept('pendingAdminImpersonations'), 'tokens of users');
    assert.equal(stateKept('sessionCache'), undefined);
    assert.equal(stateKept('sockets'), undefined);
    assert.equal(stateKept('profiles'), undefined);
  });

  it('have keys from a few, from outside, or from nobody knows where', () => {
    assert.deepEqual(['locale', 'modelClass', 'filePath', 'jobName'].map(domainOfName), ['fixed', 'fixed', 'fixed', 'fixed']);
    assert.deepEqual(['userId', 'url', 'search_text', 'ip'].map(domainOfName), ['open', 'open', 'open', 'open']);
    assert.deepEqual(['key', 'entryPoint', 'x'].map(domainOfName), ['unknown', 'unknown', 'unknown']);
  });
});

async function findingsIn(file: string, text: string): Promise<string[]> {
  const { findings, failures } = (await detectorOf(new Map([[file, text]]), RULES)).check();
  assert.deepEqual(failures, []);
  return findings.map(({ rule, range }) => `${range.start.line + 1} ${rule}`);
}
