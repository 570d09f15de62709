import * as vscode from 'vscode';
import type { Block, ChatModel, Listener, Message, ModelRequest, ModelTurn, Usage } from '../../advisor/model';
import { FailureError, failures, type Failure } from '../../core/failures';

/** The most that an answer of a model of VS Code is counted with; how long it may be is the model's own affair. */
const USUAL_OUTPUT = 16_000;

/**
 * A model that another extension brings to VS Code, as "vendor/id"; the first where none is named.
 * @throws FailureError where there is none.
 */
export async function connectLanguageModel(name: string): Promise<ChatModel> {
  const models = await vscode.lm.selectChatModels();
  const model = name === '' ? models[0] : models.find((each) => nameOf(each) === name);
  if (model === undefined) throw new FailureError(failures.noLanguageModel());
  return new LanguageModel(model);
}

export const nameOf = ({ vendor, id }: vscode.LanguageModelChat): string => `${vendor}/${id}`;

/**
 * Such a model takes instructions as a message, knows no schema for its answer and does not say what a request has
 * used. Words stand for the first two, its own counting for the last.
 */
export class LanguageModel implements ChatModel {
  readonly id: string;
  readonly recipient: string;
  readonly mostOutput = USUAL_OUTPUT;

  constructor(private readonly model: vscode.LanguageModelChat) {
    this.id = model.id;
    this.recipient = `${model.vendor} in VS Code`;
  }

  async countTokens(request: ModelRequest, signal: AbortSignal): Promise<number> {
    const counts = await Promise.all(messagesOf(request).map((message) => this.model.countTokens(message, tokenOf(signal))));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async respond(request: ModelRequest, { signal, onText }: Listener): Promise<ModelTurn> {
    signal.throwIfAborted();
    const content: Block[] = [];
    let text = '';
    try {
      const options: vscode.LanguageModelChatRequestOptions = {
        justification: 'To answer your question about performance.',
        tools: request.tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      };
      const response = await this.model.sendRequest(messagesOf(request), options, tokenOf(signal));
      for await (const part of response.stream) {
        signal.throwIfAborted();
        if (part instanceof vscode.LanguageModelTextPart) {
          text += part.value;
          onText?.(text);
        } else if (part instanceof vscode.LanguageModelToolCallPart) {
          content.push({ type: 'tool-use', id: part.callId, name: part.name, input: part.input });
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      throw new FailureError(failureOf(error, this));
    }
    if (text !== '') content.unshift({ type: 'text', text });
    const calls = content.some(({ type }) => type === 'tool-use');
    return { content, stop: calls ? 'tools' : 'end', usage: await this.usageOf(request, text, signal) };
  }

  private async usageOf(request: ModelRequest, text: string, signal: AbortSignal): Promise<Usage> {
    const [input, output] = await Promise.all([this.countTokens(request, signal), this.model.countTokens(text, tokenOf(signal))]);
    return { input, output, cacheRead: 0, cacheWrite: 0 };
  }
}

function messagesOf({ system, messages }: ModelRequest): vscode.LanguageModelChatMessage[] {
  return [vscode.LanguageModelChatMessage.User(system), ...messages.map(messageOf)];
}

function messageOf({ role, content }: Message): vscode.LanguageModelChatMessage {
  return role === 'user'
    ? vscode.LanguageModelChatMessage.User(content.flatMap((block): (vscode.LanguageModelTextPart | vscode.LanguageModelToolResultPart)[] => {
        if (block.type === 'text') return [new vscode.LanguageModelTextPart(block.text)];
        return block.type === 'tool-result' ? [new vscode.LanguageModelToolResultPart(block.id, [new vscode.LanguageModelTextPart(block.text)])] : [];
      }))
    : vscode.LanguageModelChatMessage.Assistant(content.flatMap((block): (vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart)[] => {
        if (block.type === 'text') return [new vscode.LanguageModelTextPart(block.text)];
        return block.type === 'tool-use' ? [new vscode.LanguageModelToolCallPart(block.id, block.name, asObject(block.input))] : [];
      }));
}

const asObject = (input: unknown): object => (typeof input === 'object' && input !== null ? input : {});

/** One token for each request: VS Code cancels by it. */
function tokenOf(signal: AbortSignal): vscode.CancellationToken {
  const source = new vscode.CancellationTokenSource();
  if (signal.aborted) source.cancel();
  else signal.addEventListener('abort', () => source.cancel(), { once: true });
  return source.token;
}

/** VS Code's own errors say by their code what the user has to do. */
function failureOf(error: unknown, { id, recipient }: ChatModel): Failure {
  const code = error instanceof vscode.LanguageModelError ? error.code : '';
  if (code === vscode.LanguageModelError.NoPermissions.name) return failures.modelForbidden(recipient, id);
  if (code === vscode.LanguageModelError.NotFound.name) return failures.noLanguageModel();
  if (code === vscode.LanguageModelError.Blocked.name) return failures.modelRateLimited(recipient, undefined);
  return failures.modelBroken(recipient);
}
