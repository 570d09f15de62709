import { problemOf } from '../schema';
import { callGraph, evidence, findings, schema } from './facts';
import { propose } from './proposing';
import { glob, grep, read } from './reading';
import { bash, benchmark, explain, profile } from './running';
import { failed, type Tool, type ToolContext, type ToolOutcome } from './tool';

/** Every tool of the persona, in an order that never changes: the prompt cache begins with them. */
export const TOOLS: readonly Tool[] = [read, grep, glob, bash, findings, evidence, schema, callGraph, profile, benchmark, explain, propose];

const BY_NAME = new Map(TOOLS.map((tool) => [tool.definition.name, tool]));

/** What a call will do, for the list of steps; the name alone where the call is not understood. */
export function labelOf(name: string, input: unknown): string {
  const tool = BY_NAME.get(name);
  if (tool === undefined || problemOf(input, tool.definition.inputSchema) !== undefined) return name;
  return tool.label(input as never);
}

/**
 * Carries out one call of a model, which may be anything at all.
 * @throws the signal's reason; everything else that goes wrong is told to the model.
 */
export async function callTool(name: string, input: unknown, context: ToolContext, signal: AbortSignal): Promise<ToolOutcome> {
  const tool = BY_NAME.get(name);
  if (tool === undefined) return failed(`There is no tool "${name.slice(0, 80)}". The tools are ${[...BY_NAME.keys()].join(', ')}.`);
  const problem = problemOf(input, tool.definition.inputSchema);
  if (problem !== undefined) return failed(`The call does not fit ${name}: ${problem.slice(0, 300)}.`);
  try {
    return await tool.run(input as never, context, signal);
  } catch (error) {
    signal.throwIfAborted();
    return failed(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
