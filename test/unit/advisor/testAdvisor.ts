import { connectAnthropic } from '../../../src/advisor/anthropic';
import { acceptProposal } from '../../../src/advisor/facts/accept';
import { answerFact } from '../../../src/advisor/facts/answer';
import type { FactSource } from '../../../src/advisor/facts/query';
import { type Detected, snapshotOf } from '../../../src/advisor/facts/snapshot';
import { ConfinedFiles } from '../../../src/advisor/files/confinedFiles';
import type { CommandEnd, ExplainOutcome, MeasureOutcome } from '../../../src/advisor/host';
import type { ChatModel } from '../../../src/advisor/model';
import type { AllowedCommands } from '../../../src/advisor/session/approvals';
import type { AdvisorSettings, Consent, Ports } from '../../../src/advisor/session/ports';
import { Session } from '../../../src/advisor/session/session';
import { TranscriptStore } from '../../../src/advisor/session/transcript';
import type { ConversationView, Entry } from '../../../src/advisor/view';
import type { PerformanceConfig } from '../../../src/core/config';
import { EMPTY_CONFIG } from '../../../src/core/config';
import { createDetector, type Detector } from '../../../src/detect/detector';
import { ProposalStore } from '../../../src/evidence/proposalStore';
import { EvidenceStore } from '../../../src/evidence/store';
import { loadAdvice } from '../../../src/rules/advice';
import { listSourceFiles, readSource } from '../../../src/workspace/files';
import { Folder } from './folder';
import { MessagesApi, type Reply, type ReplyBlock, streams } from './messagesApi';

const LONGEST_WAIT_MS = 25_000;

/** Put together here, so that no scanner takes it for a leak. */
export const KEY = ['sk-', 'ant-', 'test-0123456789abcdefghij'].join('');

export const ORDERS = `import { Pool } from 'pg';
const pool = new Pool();

export async function listOrders(orders: { id: number }[]) {
  const result = [];
  for (const order of orders) {
    const items = await pool.query('SELECT id, sku FROM items WHERE order_id = $1', [order.id]);
    result.push({ ...order, items: items.rows });
  }
  return result;
}
`;

export const SCALE: PerformanceConfig = {
  ...EMPTY_CONFIG,
  scale: { tables: { items: { rows: 1_000_000 } }, collections: { orders: 1000 } },
  requirements: [{ route: 'GET /orders', latency: { p95: 200 } }],
};

export interface TestOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Partial<AdvisorSettings>;
  readonly key?: string;
  readonly isTrusted?: boolean;
  readonly consent?: boolean;
}

/** A conversation over a real workspace on the disk and a real server on the loopback interface. */
export class TestAdvisor {
  settings: AdvisorSettings;
  key: string | undefined;
  isTrusted: boolean;
  consent: Consent | undefined;
  readonly allowed = new Set<string>();
  /** What has run: nothing else may have. */
  readonly ran: string[] = [];
  /** What the tools that run something answer. */
  commandEnd: CommandEnd = { output: 'done\n', isCut: false, code: 0, ending: 'exited' };
  /** A command that takes its time; without it the end above comes at once. */
  running: ((signal: AbortSignal) => Promise<CommandEnd>) | undefined;
  measured: MeasureOutcome = { kind: 'not-measured', why: 'nothing drives it' };
  explained: ExplainOutcome | undefined;
  /** Stands for the model that another extension brings to VS Code; without it the server answers. */
  languageModel: ChatModel | undefined;
  currentId: string | undefined;
  idleMs = 5000;
  readonly views: ConversationView[] = [];
  session: Session;

  private constructor(
    readonly api: MessagesApi,
    readonly folder: Folder,
    options: TestOptions,
  ) {
    this.settings = {
      provider: 'anthropic', model: 'claude-opus-5-5', effort: 'high', baseUrl: api.url, prices: {},
      limits: { dollars: 2, tokens: 1_000_000, requests: 12, toolCalls: 30 },
      ...options.settings,
    };
    this.key = 'key' in options ? options.key : KEY;
    this.isTrusted = options.isTrusted ?? true;
    this.consent = options.consent === false ? undefined : { recipient: new URL(this.settings.baseUrl).host, exclude: [] };
    this.session = this.newSession();
  }

  static async start(options: TestOptions = {}): Promise<TestAdvisor> {
    const api = await MessagesApi.start();
    const advisor = new TestAdvisor(api, new Folder({ 'src/orders.ts': ORDERS, 'README.md': '# Orders\n', ...options.files }), options);
    await advisor.session.refresh();
    return advisor;
  }

  async stop(): Promise<void> {
    this.session.dispose();
    await this.session.flushed();
    await this.api.stop();
    this.folder.remove();
  }

  get view(): ConversationView {
    return this.session.view;
  }

  get entries(): readonly Entry[] {
    return this.view.entries;
  }

  /** Entries of one kind. */
  of<K extends Entry['kind']>(kind: K): Extract<Entry, { kind: K }>[] {
    return this.entries.filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind);
  }

  get problems(): string[] {
    return this.of('problem').map(({ code }) => code);
  }

  /** The model as it will behave: blocks turn by turn, whatever it is told. */
  model(...turns: readonly (readonly ReplyBlock[] | Reply)[]): void {
    this.api.reply(...turns.map((turn) => (typeof turn === 'function' ? turn : streams(turn))));
  }

  /** Waits until things are as wanted. */
  async until(isSo: (view: ConversationView) => boolean): Promise<ConversationView> {
    const end = Date.now() + LONGEST_WAIT_MS;
    while (!isSo(this.view)) {
      if (Date.now() > end) throw new Error(`waited in vain; the last entry is ${JSON.stringify(this.entries.at(-1))}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.view;
  }

  /** Another window on the same workspace, as after a reload. */
  async reload(): Promise<void> {
    await this.session.flushed();
    this.session.dispose();
    this.session = this.newSession();
    await this.session.restore();
  }

  private newSession(): Session {
    return new Session(this.ports(), (view) => void this.views.push(view));
  }

  private ports(): Ports {
    const { folder } = this;
    const allowed: AllowedCommands = {
      has: (command, cwd) => this.allowed.has(`${cwd}$ ${command}`),
      add: async (command, cwd) => void this.allowed.add(`${cwd}$ ${command}`),
      get list() { return [...self.allowed]; },
      clear: async () => this.allowed.clear(),
    };
    const self = this;
    return {
      settings: () => this.settings,
      key: async () => this.key,
      connect: async ({ baseUrl, model, effort }, key, signal) => this.languageModel ?? connectAnthropic({ key, baseUrl, model, effort, idleMs: this.idleMs, maxRetries: 1 }, signal),
      recipient: ({ model, baseUrl }) => ({ model, recipient: new URL(baseUrl).host }),
      facts: factsOf(folder.root),
      files: (exclude) => new ConfinedFiles(folder.root, { exclude }),
      proposals: {
        propose: async (draft) => {
          const detector = await detect(folder.root);
          const accepted = acceptProposal(draft, (file) => (detector.has(file) ? detector.functions(file) : undefined), new Date());
          if ('problem' in accepted) return accepted;
          await new ProposalStore(folder.root).put(accepted.proposal);
          return { id: accepted.proposal.id };
        },
      },
      runner: {
        shell: 'bash',
        run: async (command, signal) => {
          this.ran.push(command);
          return this.running?.(signal) ?? this.commandEnd;
        },
      },
      measurer: {
        profile: async ({ functionName }, { ask }) => {
          const command = `node --cpu-prof test.js # ${functionName}`;
          if (!(await ask(command, ''))) return { kind: 'refused' };
          this.ran.push(command);
          return this.measured;
        },
        benchmark: async (_, { ask }) => {
          if (!(await ask('node bench.js', 'bench'))) return { kind: 'refused' };
          this.ran.push('node bench.js');
          return this.measured;
        },
      },
      get prover() {
        const { explained } = self;
        return explained && { explain: async (_: unknown, { ask }: { ask(command: string, cwd: string): Promise<boolean> }) => ((await ask('EXPLAIN', '')) ? explained : ({ kind: 'refused' } as const)) };
      },
      isTrusted: () => this.isTrusted,
      consents: { get: () => this.consent, set: async (consent) => void (this.consent = consent) },
      allowed,
      transcripts: new TranscriptStore(folder.root),
      current: { get: () => this.currentId, set: async (id) => void (this.currentId = id) },
      now: () => new Date(),
    };
  }
}

/** Facts of a folder as the command line knows them, read anew for each question. */
export function factsOf(root: string): FactSource {
  return {
    async ask(query) {
      const detector = await detect(root);
      const stored = await new EvidenceStore(root).list();
      const { proposals } = await new ProposalStore(root).list();
      const known = { name: 'workspace', runs: stored.runs, config: SCALE, proposals, failures: stored.failures, now: new Date() };
      return answerFact(query, snapshotOf(detector as Detected, known, await loadAdvice()));
    },
  };
}

const detectors = new Map<string, Promise<Detector>>();

/** The files of a test are there before the first question, so they are read once. */
function detect(root: string): Promise<Detector> {
  let detector = detectors.get(root);
  if (detector === undefined) {
    detector = readAll(root);
    detectors.set(root, detector);
  }
  return detector;
}

async function readAll(root: string): Promise<Detector> {
  const detector = createDetector({ config: SCALE });
  for (const file of (await listSourceFiles(root)).files) {
    const source = await readSource(root, file);
    if (source.kind === 'source') await detector.update(file, source.text);
  }
  return detector;
}
