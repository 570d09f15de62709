import type { MeasureOutcome } from '../host';
import { objectSchema, text } from '../schema';
import { commandProblem } from './command';
import { runLines } from './lines';
import { permission } from './permission';
import { citing, defineTool, failed, type ToolContext, type ToolOutcome } from './tool';

const REASON = text('Why this is needed, in one sentence. The user reads it before allowing the command.');

const REFUSED: ToolOutcome = { text: 'The user has not allowed it. Do not ask for the same again; go on without it, or say what it would have told.', isDenied: true };

const UNTRUSTED = 'This workspace is not trusted, so nothing of it is run. Say so, and what a measurement would tell.';

export const bash = defineTool<{ command: string; reason: string }>({
  definition: {
    name: 'Bash',
    description:
      'Runs one command of the shell in the workspace folder, after the user has allowed exactly this command. It ends after a time limit and its output is cut. Its output is no evidence: to state how long something takes, use benchmark or profile.',
    inputSchema: objectSchema({ command: text('The command. It gets no input, and nothing may wait for a person.'), reason: REASON }),
  },
  label: ({ command }) => `Command: ${command}`,
  run: async ({ command, reason }, context, signal) => {
    const { runner, isTrusted } = context;
    if (runner === undefined) return failed('No command can be run here.');
    if (!isTrusted()) return failed(UNTRUSTED);
    const problem = commandProblem(command);
    if (problem !== undefined) return failed(problem);
    if (!(await permission(context, 'Bash', reason, signal).ask(command, ''))) return REFUSED;
    const { output, isCut, code, ending } = await runner.run(command, signal);
    const how = { exited: `exit code ${code}`, cancelled: 'stopped by the user', 'timed-out': 'stopped after the time limit', 'not-started': 'not started' }[ending];
    return { text: `${runner.shell}, ${how}${isCut ? ', output cut' : ''}:\n${output}`, isError: ending !== 'exited' || code !== 0 };
  },
});

export const profile = defineTool<{ file: string; functionName: string; driver?: string; reason: string }>({
  definition: {
    name: 'profile',
    description:
      'Profiles one function by a test, benchmark or program that reaches it, after the user has allowed the command, and answers with evidence ids: where the time goes. Without "driver" the best way to drive the function is taken.',
    inputSchema: objectSchema(
      {
        file: text('The file of the function.'),
        functionName: text('Its qualified name.'),
        driver: text('The label of one way to drive it, from an earlier answer of this tool.'),
        reason: REASON,
      },
      ['driver'],
    ),
  },
  label: ({ functionName }) => `Profiling ${functionName}`,
  run: ({ reason, ...what }, context, signal) =>
    measured(context, signal, what, (measurer) => measurer.profile(what, permission(context, 'profile', reason, signal))),
});

export const benchmark = defineTool<{ benchmark?: string; reason: string }>({
  definition: {
    name: 'benchmark',
    description:
      'Runs a benchmark of the workspace, without a profiler, after the user has allowed the command, and answers with evidence ids: p50, p95, p99 and max from raw samples.',
    inputSchema: objectSchema({ benchmark: text('The label of one benchmark, from an earlier answer of this tool. Not needed where there is only one.'), reason: REASON }, ['benchmark']),
  },
  label: ({ benchmark: name }) => `Benchmarking${name === undefined ? '' : ` ${name}`}`,
  run: ({ reason, ...what }, context, signal) =>
    measured(context, signal, {}, (measurer) => measurer.benchmark(what, permission(context, 'benchmark', reason, signal))),
});

export const explain = defineTool<{ sql: string; change?: string; reason: string }>({
  definition: {
    name: 'explain',
    description:
      'Explains a query on a database made for that from the declared schema and scale, and with "change" proves what a statement such as CREATE INDEX does to its plan. The rows are synthetic. Answers with evidence ids.',
    inputSchema: objectSchema({ sql: text('One query.'), change: text('One statement to try.'), reason: REASON }, ['change']),
  },
  label: ({ sql }) => `Explaining ${sql.slice(0, 80)}`,
  run: async ({ reason, ...what }, context, signal) => {
    const { prover, isTrusted, ledger } = context;
    if (prover === undefined) return failed('Explaining queries is not available here. Say which plan would have to be looked at, and how.');
    if (!isTrusted()) return failed(UNTRUSTED);
    const outcome = await prover.explain(what, permission(context, 'explain', reason, signal));
    switch (outcome.kind) {
      case 'refused':
        return REFUSED;
      case 'not-explained':
        return failed(outcome.why);
      case 'explained': {
        const cite = citing(ledger);
        return { text: [outcome.text, ...outcome.evidence.map((item) => `${cite(item)} ${item.label}`)].join('\n') };
      }
    }
  },
});

async function measured(
  context: ToolContext,
  signal: AbortSignal,
  place: { readonly file?: string; readonly functionName?: string },
  measure: (measurer: NonNullable<ToolContext['measurer']>) => Promise<MeasureOutcome>,
): Promise<ToolOutcome> {
  const { measurer, isTrusted, facts, ledger } = context;
  if (measurer === undefined) return failed('Measuring is not available here.');
  if (!isTrusted()) return failed(UNTRUSTED);
  const outcome = await measure(measurer);
  if (outcome.kind === 'refused') return REFUSED;
  if (outcome.kind === 'not-measured') return failed(outcome.why);
  const { file, functionName } = place;
  const answer = await facts.ask({ kind: 'runs', run: outcome.run, ...(file !== undefined && { file, functionName }) }, signal);
  const found = answer.total > 0 ? answer : await facts.ask({ kind: 'runs', run: outcome.run }, signal);
  return { text: `${outcome.message}\n${runLines(found, citing(ledger))}` };
}
