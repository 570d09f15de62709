import { Budget, guessTokens } from '../budget';
import { investigate } from '../investigate';
import type { ChatModel, ModelRequest } from '../model';
import { persona } from '../persona';
import { TOOLS } from '../tools';
import type { ToolContext } from '../tools/tool';
import type { Approvals } from './approvals';
import type { Conversation } from './conversation';
import { priceFor, spentText } from './costs';
import { openingMessage } from './opening';
import type { SubjectPlace } from './subject';
import type { Ports } from './ports';
import { Presenter } from './presenter';

/** What a question is asked in: after consent, with the key at hand. */
export interface Asking {
  readonly ports: Ports;
  readonly conversation: Conversation;
  readonly approvals: Approvals;
  /** Globs that are never read. */
  readonly exclude: readonly string[];
  readonly secrets: readonly string[];
  connect(signal: AbortSignal): Promise<ChatModel>;
}

/** Adds a question to the conversation and answers it. @throws FailureError, or the signal's reason */
export async function askQuestion(asking: Asking, question: string, subject: SubjectPlace, signal: AbortSignal): Promise<void> {
  const { ports, conversation, exclude, secrets } = asking;
  const { messages, ledger, fence, entries } = conversation;
  entries.put({ kind: 'question', id: entries.newId(), text: question, subject: { kind: subject.kind, label: subject.label } });
  const opening = { question, subject, fence, ledger, facts: ports.facts, files: ports.files(exclude), secrets, isFirst: messages.all.length === 0 };
  messages.user({ type: 'text', text: await openingMessage(opening, signal) });
  await ports.current.set(conversation.id);
  await goOn(asking, signal);
}

/** Answers what stands last in the conversation. @throws FailureError, or the signal's reason */
export async function goOn(asking: Asking, signal: AbortSignal): Promise<void> {
  const { ports, conversation, exclude, secrets } = asking;
  const { messages, fence } = conversation;
  const files = ports.files(exclude);
  const presenter = await Presenter.forAnswering(conversation, files, ports.facts);
  const model = await asking.connect(signal);
  const budget = await budgetFor(asking, model, signal);
  try {
    const context = contextOf(asking, files, model);
    await presenter.outcome(await investigate({ model, messages, context, budget, progress: presenter, fence, secrets }, signal));
  } finally {
    presenter.end();
    if (budget.requests > 0) presenter.spent(spentText(budget));
  }
}

/** Characters stand for tokens where nobody counts. */
export function firstRequest({ messages, fence }: Conversation): ModelRequest {
  return { system: persona(fence), tools: TOOLS.map(({ definition }) => definition), messages: messages.all, maxTokens: 1 };
}

async function budgetFor({ ports, conversation }: Asking, model: ChatModel, signal: AbortSignal): Promise<Budget> {
  const settings = ports.settings();
  const request = firstRequest(conversation);
  const tokens = (await model.countTokens(request, signal)) ?? guessTokens(JSON.stringify(request));
  return new Budget(settings.limits, priceFor(settings, model.id), tokens);
}

function contextOf({ ports, conversation, approvals }: Asking, files: ToolContext['files'], model: ChatModel): ToolContext {
  const { facts, proposals, measurer, runner, prover } = ports;
  return {
    ledger: conversation.ledger, facts, files, proposals, measurer, runner, prover, model: model.id,
    isTrusted: () => ports.isTrusted(),
    approve: (question, signal) => approvals.ask(question, signal),
  };
}
