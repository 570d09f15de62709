import type { CheckedClaim, ConsentView, ConversationView, Entry } from '../../src/advisor/view';
import type { ToConversation } from '../../src/panel/conversation/protocol';

const RUN = '20261122T202000-4d5e6f';

const claims: readonly CheckedClaim[] = [
  {
    topic: 'current performance', basis: 'measured', objections: [],
    pieces: [
      { kind: 'prose', text: '`GET /orders` has a p95 of '.replace(/`/g, '') }, { kind: 'figure', text: '483 ms', quality: 'measured', runId: RUN },
      { kind: 'prose', text: '; the target is ' }, { kind: 'figure', text: '200 ms', quality: 'declared' }, { kind: 'prose', text: '. You see ' },
      { kind: 'figure', text: '5 s', quality: 'stated' }, { kind: 'prose', text: '.' },
    ],
    citations: [{ id: 'E6', label: `benchmark GET /orders, run ${RUN}`, quality: 'measured', runId: RUN }, { id: 'E1', label: 'performance.json: target of GET /orders', quality: 'declared' }],
  },
  {
    topic: 'bottleneck', basis: 'measured', objections: ['"90 %": not in E7', 'E7 measured an earlier version of listOrders.'],
    pieces: [
      { kind: 'code', text: 'listOrders' }, { kind: 'prose', text: ' at ' }, { kind: 'place', text: 'src/orders.ts:4', file: 'src/orders.ts', line: 3 },
      { kind: 'prose', text: ' takes ' }, { kind: 'figure', text: '62 %', quality: 'measured', runId: RUN }, { kind: 'prose', text: ' of it, and the queries ' },
      { kind: 'struck', text: '90 %', reason: 'not in E7' }, { kind: 'prose', text: '.' },
    ],
    citations: [{ id: 'E7', label: 'profile of listOrders', quality: 'measured', runId: RUN }],
  },
  {
    topic: 'recommendation', basis: 'estimate', objections: [],
    pieces: [{ kind: 'prose', text: 'Load the items of all orders with one query: ' }, { kind: 'figure', text: '1,001 queries', quality: 'estimate' }, { kind: 'prose', text: ' become two.' }],
    citations: [{ id: 'E4', label: 'finding n-plus-one-query: One query per item of a loop in listOrders', quality: 'estimate', findingId: 'f1' }],
  },
  { topic: 'question', basis: 'advice', objections: [], pieces: [{ kind: 'prose', text: 'How many orders does one page show?' }], citations: [] },
];

const ENTRIES: readonly Entry[] = [
  { kind: 'question', id: 'e1', text: '/api/orders takes 5 s.\nWhy?', subject: { kind: 'function', label: 'listOrders in src/orders.ts' } },
  { kind: 'step', id: 'e2', label: 'Reading src/orders.ts', state: 'done' },
  { kind: 'note', id: 'e3', pieces: [{ kind: 'prose', text: 'It may be the queries, some ' }, { kind: 'figure', text: '1,000', quality: 'estimate' }, { kind: 'prose', text: ' of them.' }] },
  { kind: 'step', id: 'e4', label: 'Reading .env', state: 'failed', detail: '.env may hold secrets and is never read.' },
  { kind: 'approval', id: 'e5', tool: 'profile', command: "node --cpu-prof --cpu-prof-dir=.performance/raw node_modules/mocha/bin/mocha.js test/orders.test.ts", cwd: 'typescript', reason: 'Nothing is measured yet.', state: 'once' },
  { kind: 'step', id: 'e6', label: 'Profiling listOrders', state: 'done' },
  { kind: 'answer', id: 'e7', claims, isFinal: true },
  { kind: 'spent', id: 'e8', text: '5 requests, 24,310 tokens in, 19,000 of them from the cache, 2,140 out; about $0.09 at list prices.' },
];

const view = (changes: Partial<ConversationView> = {}): ConversationView => ({
  state: 'ready', answeredBy: 'claude-opus-5-5 at api.anthropic.com', subject: { kind: 'workspace', label: 'the whole workspace' },
  draft: '', entries: ENTRIES, estimate: 'Begins with about 8,400 tokens ($0.04); ends at $1.00.', ...changes,
});

const CONSENT: ConsentView = {
  recipient: 'api.anthropic.com', model: 'claude-opus-5-5', files: 214, sample: ['README.md', 'src/orders.ts', 'src/products.ts'], findings: 17, runs: 2,
  exclude: ['internal/**'], preview: 'Why is GET /orders slow?\n\nThe question is about the whole workspace.', allowed: ['npm test'], isGiven: false,
};

const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script> ![x](https://evil.example/x) [y](command:z) \u202eesrever\u0007';

/** Every state of the conversation. */
export const CONVERSATIONS = {
  answered: view(),
  off: view({ state: 'off', answeredBy: '', entries: [] }),
  'no-key': view({ state: 'no-key', entries: [] }),
  'no-folder': view({ state: 'no-folder', answeredBy: '', entries: [] }),
  empty: view({ entries: [], subject: { kind: 'selection', label: 'lines 4 to 9 of src/orders.ts' } }),
  consent: view({ state: 'consent', entries: [], consent: CONSENT }),
  review: view({ state: 'consent', consent: { ...CONSENT, isGiven: true } }),
  asking: view({
    state: 'working',
    entries: [ENTRIES[0]!, { kind: 'step', id: 'e2', label: 'Command: npm run bench', state: 'running' }, { kind: 'approval', id: 'e3', tool: 'Bash', command: 'npm run bench -- --json out.json', cwd: '', reason: 'To see how long it takes.', state: 'open' }],
  }),
  writing: view({ state: 'working', entries: [...ENTRIES.slice(0, 6), { kind: 'answer', id: 'e9', claims: claims.slice(0, 1), isFinal: false }] }),
  problem: view({ entries: [...ENTRIES.slice(0, 3), { kind: 'problem', id: 'e9', code: 'advisor-overloaded', message: 'api.anthropic.com is overloaded and did not answer. Try again in a minute: nothing of the conversation is lost.', canRetry: true }] }),
  unformed: view({ entries: [ENTRIES[0]!, { kind: 'unformed', id: 'e9', problem: 'The answer is not of the form that can be checked, so every number in it is shown as an estimate.', pieces: [{ kind: 'prose', text: 'It takes ' }, { kind: 'figure', text: '480 ms', quality: 'estimate' }] }] }),
  hostile: view({
    answeredBy: HOSTILE, subject: { kind: 'file', label: HOSTILE }, estimate: HOSTILE,
    entries: [
      { kind: 'question', id: 'h1', text: HOSTILE, subject: { kind: 'file', label: HOSTILE } },
      { kind: 'step', id: 'h2', label: HOSTILE, state: 'failed', detail: HOSTILE },
      { kind: 'note', id: 'h3', pieces: [{ kind: 'prose', text: HOSTILE }, { kind: 'code', text: HOSTILE }, { kind: 'struck', text: HOSTILE, reason: HOSTILE }, { kind: 'place', text: HOSTILE, file: '../../etc/passwd', line: 0 }] },
      { kind: 'approval', id: 'h4', tool: HOSTILE, command: `npm test ${HOSTILE}`, cwd: HOSTILE, reason: HOSTILE, state: 'open' },
      { kind: 'answer', id: 'h5', isFinal: true, notice: HOSTILE, claims: [{ topic: 'bottleneck', basis: 'advice', objections: [HOSTILE], pieces: [{ kind: 'prose', text: HOSTILE }], citations: [{ id: 'E1', label: HOSTILE, quality: 'measured', runId: HOSTILE }] }] },
      { kind: 'problem', id: 'h6', code: HOSTILE, message: HOSTILE, canRetry: true },
    ],
  }),
} as const satisfies Readonly<Record<string, ConversationView>>;

export const conversationMessage = (seq: number, name: keyof typeof CONVERSATIONS): ToConversation => ({ type: 'view', seq, view: CONVERSATIONS[name] });
