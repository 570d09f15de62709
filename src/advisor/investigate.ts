import { randomBytes } from 'node:crypto';
import { FailureError, failures } from '../core/failures';
import { answerSchema, parseAnswer, type Claim } from './answer/form';
import type { Budget } from './budget';
import type { Messages } from './messages';
import type { Block, ChatModel, ModelRequest, ModelTurn, ToolUse } from './model';
import { ANSWER_NOW, answerAgain, NO_MORE_TOOLS, persona, READY } from './persona';
import { redact } from './privacy/redact';
import { callTool, labelOf, TOOLS } from './tools';
import type { ToolContext, ToolOutcome } from './tools/tool';

export type StepState = 'running' | 'done' | 'failed' | 'denied';

/** What is told while a question is being worked on. */
export interface Progress {
  /** A tool begins or has ended. */
  step(step: { readonly id: string; readonly tool: string; readonly label: string; readonly state: StepState; readonly detail?: string }): void;
  /** What the model has said between its calls. */
  note(text: string): void;
  /** The answer so far, as the model writes it. */
  answering(text: string): void;
  /** Tokens have been used. */
  spent(): void;
}

/** What an investigation works on. */
export interface Investigation {
  readonly model: ChatModel;
  readonly messages: Messages;
  readonly context: ToolContext;
  readonly budget: Budget;
  readonly progress: Progress;
  readonly fence: string;
  /** Kept out of everything that is sent. */
  readonly secrets: readonly string[];
}

export type Outcome =
  | { readonly kind: 'answered'; readonly claims: readonly Claim[]; readonly isOutOfBudget: boolean }
  /** The model has given an answer of another form, twice: its words, so that nothing is lost. */
  | { readonly kind: 'malformed'; readonly text: string; readonly problem: string };

/** Longer answers of a tool are cut: a model that needs more asks for a part. */
const LONGEST_RESULT = 60_000;
/** The same call with the same arguments is answered that often. */
const MOST_REPEATS = 2;
const TOOL_DEFINITIONS = TOOLS.map(({ definition }) => definition);

export const newFence = (): string => `<<<${randomBytes(6).toString('hex')}>>>`;

/** Marks text of the workspace as data. A fence inside it is broken, so that it cannot end the data. */
export const fenced = (fence: string, text: string): string => `${fence}\n${text.replaceAll(fence, '<<<…>>>')}\n${fence}`;

/**
 * Lets the model look with its tools until it has seen enough or the limits are reached, and then asks for the
 * answer in its form.
 * @throws FailureError, or the signal's reason. The messages are then fit to go on from.
 */
export async function investigate(investigation: Investigation, signal: AbortSignal): Promise<Outcome> {
  const { messages } = investigation;
  try {
    const isOutOfBudget = await look(investigation, signal);
    return await answer(investigation, isOutOfBudget, signal);
  } finally {
    messages.settle();
  }
}

/** @returns whether the limits have ended it. */
async function look(investigation: Investigation, signal: AbortSignal): Promise<boolean> {
  const { model, messages, budget, progress } = investigation;
  const calls = new Map<string, number>();
  for (;;) {
    const maxTokens = budget.outputForInvestigating(model.mostOutput);
    if (maxTokens === undefined) return true;
    const turn = await request(investigation, { maxTokens }, signal);
    const uses = turn.content.filter((block): block is ToolUse => block.type === 'tool-use');
    const said = textOf(turn.content);
    if (said !== '' && said !== READY) progress.note(said);
    switch (turn.stop) {
      case 'paused':
        messages.assistant(turn.content);
        continue;
      case 'max-tokens':
        // The last call may be cut off in the middle, so none is carried out.
        messages.assistant(turn.content.filter(({ type }) => type === 'text'));
        return true;
      default:
        messages.assistant(turn.content);
        if (uses.length === 0) return false;
        if (!(await carryOut(investigation, uses, calls, signal))) return true;
    }
  }
}

/** @returns whether tools may still be called. */
async function carryOut(investigation: Investigation, uses: readonly ToolUse[], calls: Map<string, number>, signal: AbortSignal): Promise<boolean> {
  const { messages, budget } = investigation;
  const results: Block[] = [];
  let isAllowed = true;
  try {
    for (const use of uses) {
      isAllowed = budget.takeToolCall() && isAllowed;
      const { text, isError = false } = isAllowed ? await oneCall(investigation, use, calls, signal) : { text: NO_MORE_TOOLS, isError: true };
      const sent = outbound(investigation, text);
      budget.grow(sent);
      results.push({ type: 'tool-result', id: use.id, text: sent, isError });
    }
  } finally {
    // What was found before a cancellation is kept, and what was not done is said to be so.
    const undone = uses.slice(results.length).map(({ id }): Block => ({ type: 'tool-result', id, text: 'The user has stopped this.', isError: true }));
    messages.user(...results, ...undone);
  }
  return isAllowed;
}

async function oneCall({ context, progress }: Investigation, { id, name, input }: ToolUse, calls: Map<string, number>, signal: AbortSignal): Promise<ToolOutcome> {
  signal.throwIfAborted();
  const key = `${name} ${JSON.stringify(input)}`;
  const count = (calls.get(key) ?? 0) + 1;
  calls.set(key, count);
  if (count > MOST_REPEATS) return { text: 'This call was made and answered before; its answer is above.', isError: true };
  const label = labelOf(name, input);
  progress.step({ id, tool: name, label, state: 'running' });
  try {
    const outcome = await callTool(name, input, context, signal);
    const state = outcome.isDenied ? 'denied' : outcome.isError ? 'failed' : 'done';
    progress.step({ id, tool: name, label, state, ...(outcome.isError && { detail: outcome.text.split('\n')[0] }) });
    return outcome;
  } catch (error) {
    progress.step({ id, tool: name, label, state: 'failed', detail: 'stopped' });
    throw error;
  }
}

/** The one place through which everything that tools have found goes to the model. */
function outbound({ fence, secrets }: Investigation, text: string): string {
  const cut = text.length > LONGEST_RESULT ? `${text.slice(0, LONGEST_RESULT)}\n(cut)` : text;
  return fenced(fence, redact(cut, secrets));
}

async function answer(investigation: Investigation, isOutOfBudget: boolean, signal: AbortSignal): Promise<Outcome> {
  const { messages, context, model, budget, progress } = investigation;
  const schema = answerSchema(context.ledger.ids);
  let prompt = isOutOfBudget ? `${NO_MORE_TOOLS}\n\n${ANSWER_NOW}` : ANSWER_NOW;
  for (let attempt = 0; ; attempt++) {
    const maxTokens = budget.outputForAnswering(model.mostOutput);
    if (maxTokens === undefined) throw new FailureError(failures.budgetReached());
    const before = messages.all.length;
    messages.user({ type: 'text', text: prompt });
    const turn = await request(investigation, { maxTokens, schema, onText: (text) => progress.answering(text) }, signal).catch((error: unknown) => {
      messages.forget(before);
      throw error;
    });
    // A call at this point gets no answer, and one without an answer cannot be sent back.
    messages.assistant(turn.content.filter(({ type }) => type !== 'tool-use'));
    const text = textOf(turn.content);
    const parsed = parseAnswer(text);
    if ('claims' in parsed) return { kind: 'answered', claims: parsed.claims, isOutOfBudget };
    const problem = turn.stop === 'max-tokens' ? 'it is cut off, so it has to be shorter' : parsed.problem;
    if (attempt === 1) return { kind: 'malformed', text, problem };
    prompt = answerAgain(problem);
  }
}

async function request(
  { model, messages, budget, progress, fence }: Investigation,
  { onText, ...more }: Pick<ModelRequest, 'maxTokens' | 'schema'> & { readonly onText?: (text: string) => void },
  signal: AbortSignal,
): Promise<ModelTurn> {
  signal.throwIfAborted();
  const turn = await model.respond({ system: persona(fence), tools: TOOL_DEFINITIONS, messages: messages.all, ...more }, { signal, onText });
  budget.spend(turn.usage);
  progress.spent();
  if (turn.stop === 'refusal') throw new FailureError(failures.modelRefused(model.id));
  if (turn.stop === 'context-full') throw new FailureError(failures.questionTooLarge(model.recipient));
  return turn;
}

function textOf(content: readonly Block[]): string {
  return content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n').trim();
}
