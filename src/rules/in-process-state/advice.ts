import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'A second process does not know what this one remembers: a user who is answered by the other is logged out, ' +
    'gets another allowance, or holds a lock twice. A restart or a deployment forgets it all.',
  technique: 'Keep it in Redis or the database, so that any process can answer any request.',
  tradeoffs: 'Each access becomes a round trip, and the store has to be run, watched and kept available.',
  conflicts: [
    { view: 'simplicity', text: 'While one process serves everybody, a map in memory is the simplest thing that works.' },
    { view: 'architecture', agrees: true, text: 'Processes that keep nothing of their users can be added, replaced and restarted at any time.' },
  ],
  whenNot: 'The service is one process by design and may forget on restart, or each user is always sent to the same process.',
  examples: {
    typescript: {
      bad: `import express from 'express';

const app = express();
const loginAttempts = new Map<string, number>();

app.post('/login', (req, res) => {
  const attempts = (loginAttempts.get(req.body.email) ?? 0) + 1;
  loginAttempts.set(req.body.email, attempts);
  res.sendStatus(attempts > 5 ? 429 : 200);
});
`,
      better: `import express from 'express';
import { createClient } from 'redis';

const app = express();
const redis = createClient();

app.post('/login', async (req, res) => {
  const attempts = await redis.incr(\`attempts:\${req.body.email}\`);
  res.sendStatus(attempts > 5 ? 429 : 200);
});
`,
    },
    python: {
      bad: `from flask import Flask, request

app = Flask(__name__)
sessions = {}

@app.post("/login")
def login():
    sessions[request.form["token"]] = request.form["user"]
    return "", 204
`,
      better: `from flask import Flask, request
from redis import Redis

app = Flask(__name__)
redis = Redis()

@app.post("/login")
def login():
    redis.setex(f"session:{request.form['token']}", 3600, request.form["user"])
    return "", 204
`,
    },
  },
  links: [
    { title: 'The Twelve-Factor App: processes', url: 'https://12factor.net/processes' },
    { title: 'express-session: compatible session stores', url: 'https://www.npmjs.com/package/express-session#compatible-session-stores' },
  ],
};
