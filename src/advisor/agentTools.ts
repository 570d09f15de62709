/*
 * The facts of a workspace as tools for any agent: VS Code's language-model tools and the MCP server have the
 * same ones. They tell what is known and measured; none of them reads or sends a file.
 */
import { PRIORITIES, type Priority } from '../core/finding';
import { renderMarkdown } from '../report/markdown';
import type { NewEvidence } from './evidence/item';
import type { FactSource } from './facts/query';
import type { Measurer, QueryProver } from './host';
import type { ToolDefinition } from './model';
import { objectSchema, oneOf, problemOf, text, whole } from './schema';
import { findingLines, runLines } from './tools/lines';
import { permission } from './tools/permission';
import type { ApprovalQuestion } from './tools/tool';

export interface AgentToolContext {
  readonly facts: FactSource;
  readonly measurer?: Measurer;
  readonly prover?: QueryProver;
  isTrusted(): boolean;
  /** Asks the user before anything runs. */
  approve(question: ApprovalQuestion, signal: AbortSignal): Promise<boolean>;
}

export interface AgentAnswer {
  readonly text: string;
  readonly isError?: boolean;
}

export interface AgentTool {
  readonly definition: ToolDefinition;
  /** What people read about it. */
  readonly title: string;
  readonly summary: string;
  /** Whether it can run code of the workspace, after the user was asked. */
  readonly canRun: boolean;
  /** What is said while it works. `input` fits the schema. */
  label(input: never): string;
  run(input: never, context: AgentToolContext, signal: AbortSignal): Promise<AgentAnswer>;
}

function define<Input>(tool: Omit<AgentTool, 'label' | 'run'> & {
  label(input: Input): string;
  run(input: Input, context: AgentToolContext, signal: AbortSignal): Promise<AgentAnswer>;
}): AgentTool {
  return tool;
}

const error = (message: string): AgentAnswer => ({ text: message, isError: true });

const UNTRUSTED = error('The workspace is not trusted, so nothing of it is run.');
const REFUSED = error('The user has not allowed it.');
const ANOTHER_AGENT = 'Another agent in the editor asks for it.';
const HOW_TO_READ = 'Each line says whether it was measured, and by which run; everything else is an estimate by a cost model.';

const findings = define<{ file?: string; functionName?: string; rule?: string; priority?: Priority; limit?: number }>({
  title: 'Performance findings',
  canRun: false,
  summary: 'What the rules have found in this workspace, ranked, each marked as measured or estimate.',
  definition: {
    name: 'performance_findings',
    description: `Lists performance findings of the workspace (N+1 queries, missing indexes, quadratic loops and the like) in the order in which they are worth acting on, with place, cost at the declared scale and reason. ${HOW_TO_READ}`,
    inputSchema: objectSchema(
      {
        file: text('Only findings of this file, relative to the workspace folder.'),
        functionName: text('Only findings of this function, by its qualified name.'),
        rule: text('Only findings of this rule.'),
        priority: oneOf(PRIORITIES, 'Only findings of this priority.'),
        limit: whole('How many. Default: 30.'),
      },
      ['file', 'functionName', 'rule', 'priority', 'limit'],
    ),
  },
  label: ({ file }) => (file === undefined ? 'Looking at the performance findings' : `Looking at the performance findings in ${file}`),
  run: async (query, { facts }, signal) => {
    const answer = await facts.ask({ kind: 'findings', ...query }, signal);
    return answer.problem === undefined ? { text: findingLines(answer, markOf) } : error(answer.problem);
  },
});

const profile = define<{ file?: string; functionName?: string; measure?: boolean; driver?: string }>({
  title: 'Performance measurements',
  canRun: true,
  summary: 'Profiles and benchmarks of this workspace; on request it profiles a function, after you have allowed the exact command.',
  definition: {
    name: 'performance_profile',
    description: `Tells what was measured: profiles and benchmarks, newest first. With "measure": true it profiles the function now, by a test, benchmark or program that reaches it, after the user has allowed the exact command. ${HOW_TO_READ}`,
    inputSchema: objectSchema(
      {
        file: text('The file of the function, relative to the workspace folder.'),
        functionName: text('Its qualified name, such as "OrderService.list".'),
        measure: { type: 'boolean', description: 'Profile it now. Needs file and functionName.' },
        driver: text('With "measure": one way to drive it, by its label from an earlier answer.'),
      },
      ['file', 'functionName', 'measure', 'driver'],
    ),
  },
  label: ({ functionName, measure }) => `${measure ? 'Profiling' : 'Looking at the measurements of'} ${functionName ?? 'the workspace'}`,
  run: async ({ file, functionName, measure = false, driver }, context, signal) => {
    const { facts } = context;
    if (!measure) {
      const answer = await facts.ask({ kind: 'runs', file, functionName }, signal);
      return answer.total === 0 ? { text: 'Nothing was measured there yet.' } : { text: runLines(answer, markOf) };
    }
    if (file === undefined || functionName === undefined) return error('To measure, name the file and the function.');
    if (context.measurer === undefined) return error('Nothing can be run from here. Ask the user to choose "Profile This Function" in the editor.');
    if (!context.isTrusted()) return UNTRUSTED;
    const outcome = await context.measurer.profile({ file, functionName, driver }, permission(context, 'performance_profile', ANOTHER_AGENT, signal));
    if (outcome.kind === 'refused') return REFUSED;
    if (outcome.kind === 'not-measured') return error(outcome.why);
    return { text: `${outcome.message}\n${runLines(await facts.ask({ kind: 'runs', run: outcome.run }, signal), markOf)}` };
  },
});

const explain = define<{ sql: string; change?: string }>({
  title: 'Explain a query',
  canRun: true,
  summary: 'The plan of a query on a database made from the declared schema and scale, and what an index would change.',
  definition: {
    name: 'performance_explain',
    description: 'Explains a query on a throw-away database made from the schema and scale that the workspace declares, and with "change" proves what a statement such as CREATE INDEX does to its plan. The rows are synthetic.',
    inputSchema: objectSchema({ sql: text('One query.'), change: text('One statement to try.') }, ['change']),
  },
  label: () => 'Explaining a query',
  run: async (what, context, signal) => {
    if (context.prover === undefined) return error('Explaining queries is not available here.');
    if (!context.isTrusted()) return UNTRUSTED;
    const outcome = await context.prover.explain(what, permission(context, 'performance_explain', ANOTHER_AGENT, signal));
    if (outcome.kind === 'refused') return REFUSED;
    return outcome.kind === 'explained' ? { text: outcome.text } : error(outcome.why);
  },
});

const report = define<Record<string, never>>({
  title: 'Performance report',
  canRun: false,
  summary: 'The ranked report: what to do first, what to leave alone, and what each gain costs.',
  definition: {
    name: 'performance_report',
    description: 'The performance report of the workspace as Markdown: current performance, bottleneck, ranked recommendations with current and optimized cost, technique, trade-offs, effort and validation, what is deferred, risks and conflicts. Every figure says whether it is measured, estimated, declared or assumed.',
    inputSchema: objectSchema({}),
  },
  label: () => 'Reading the performance report',
  run: async (_, { facts }, signal) => ({ text: renderMarkdown((await facts.ask({ kind: 'report' }, signal)).report) }),
});

export const AGENT_TOOLS: readonly AgentTool[] = [findings, profile, explain, report];

/** Carries out one call of an agent. @throws the signal's reason; FailureError where the facts cannot be had */
export async function callAgentTool(name: string, input: unknown, context: AgentToolContext, signal: AbortSignal): Promise<AgentAnswer> {
  const tool = AGENT_TOOLS.find(({ definition }) => definition.name === name);
  if (tool === undefined) return error(`There is no tool "${name.slice(0, 80)}".`);
  const problem = problemOf(input ?? {}, tool.definition.inputSchema);
  if (problem !== undefined) return error(`The call does not fit ${name}: ${problem.slice(0, 300)}.`);
  return tool.run((input ?? {}) as never, context, signal);
}

function markOf({ quality, runId }: NewEvidence): string {
  return quality === 'measured' ? `[measured, run ${runId}]` : `[${quality}]`;
}
