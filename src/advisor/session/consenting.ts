import { FailureError } from '../../core/failures';
import { Ledger } from '../evidence/ledger';
import { newFence } from '../investigate';
import { persona } from '../persona';
import { TOOLS } from '../tools';
import type { ConsentView } from '../view';
import { openingMessage } from './opening';
import type { SubjectPlace } from './subject';
import type { Ports } from './ports';

const SHOWN_FILES = 200;
const MOST_COUNTED = 20_000;
const LONGEST_PREVIEW = 60_000;

/** Puts together what the user is shown before anything is sent: who gets it, what it could be, and how it begins. */
export async function consentView(ports: Ports, question: string, subject: SubjectPlace, secrets: readonly string[]): Promise<ConsentView> {
  const consent = ports.consents.get();
  const { model, recipient } = ports.recipient(ports.settings());
  const exclude = consent?.exclude ?? [];
  const workspace = await ports.facts.ask({ kind: 'workspace' });
  return {
    recipient,
    model,
    ...(await readableFiles(ports, exclude)),
    findings: Object.values(workspace.findings).reduce((sum, count) => sum + count, 0),
    runs: workspace.runs,
    exclude,
    preview: (await preview(ports, question, subject, exclude, secrets)).slice(0, LONGEST_PREVIEW),
    allowed: ports.allowed.list,
    isGiven: consent?.recipient === recipient,
  };
}

async function readableFiles(ports: Ports, exclude: readonly string[]): Promise<Pick<ConsentView, 'files' | 'sample'>> {
  const sample: string[] = [];
  let files = 0;
  for await (const file of ports.files(exclude).list()) {
    if (files++ < SHOWN_FILES) sample.push(file);
    if (files === MOST_COUNTED) break;
  }
  return { files, sample };
}

/** The first request as it would go out, in words that people read: instructions, tools, and the first message. */
async function preview(ports: Ports, question: string, subject: SubjectPlace, exclude: readonly string[], secrets: readonly string[]): Promise<string> {
  const fence = newFence();
  const opening = { question: question || '(your question)', subject, fence, ledger: new Ledger(), facts: ports.facts, files: ports.files(exclude), secrets, isFirst: true };
  const message = await openingMessage(opening, new AbortController().signal).catch((error: unknown) => {
    if (error instanceof FailureError) return error.failure.message;
    throw error;
  });
  return [message, '--- Instructions ---', persona(fence), '--- Tools ---', ...TOOLS.map(({ definition: { name, description } }) => `${name}: ${description}`)].join('\n\n');
}
