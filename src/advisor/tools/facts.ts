import { PRIORITIES, type Priority } from '../../core/finding';
import { listOf, objectSchema, oneOf, text, whole } from '../schema';
import { callLines, comparisonLines, findingLines, runLines, tableLines } from './lines';
import { citing, defineTool, failed } from './tool';

export const findings = defineTool<{ file?: string; functionName?: string; rule?: string; priority?: Priority; limit?: number }>({
  definition: {
    name: 'findings',
    description:
      'Lists what the static rules have found, and earlier proposals, in the order of the ranking. Each has an evidence id. Its costs are estimates by a cost model; a share is measured.',
    inputSchema: objectSchema(
      {
        file: text('Only findings of this file.'),
        functionName: text('Only findings of this function, by its qualified name.'),
        rule: text('Only findings of this rule.'),
        priority: oneOf(PRIORITIES, 'Only findings of this priority.'),
        limit: whole('How many. Default: 30.'),
      },
      ['file', 'functionName', 'rule', 'priority', 'limit'],
    ),
  },
  label: ({ file, functionName, rule }) => `Looking at the findings${rule ? ` of ${rule}` : ''}${functionName ? ` in ${functionName}` : ''}${file ? ` in ${file}` : ''}`,
  run: async (query, { facts, ledger }, signal) => {
    const answer = await facts.ask({ kind: 'findings', ...query }, signal);
    if (answer.problem !== undefined) return failed(answer.problem);
    return { text: findingLines(answer, citing(ledger)) };
  },
});

export const evidence = defineTool<{ run?: string; file?: string; functionName?: string; before?: string; after?: string }>({
  definition: {
    name: 'evidence',
    description:
      'Lists measurements: profiles and benchmarks, newest first, each with evidence ids. With "before" and "after" it compares the samples of two benchmark runs and says whether the difference is real.',
    inputSchema: objectSchema(
      {
        run: text('One run by its id.'),
        file: text('Only runs that saw this file.'),
        functionName: text('Only runs that saw this function.'),
        before: text('The run before a change; needs "after".'),
        after: text('The run after the change.'),
      },
      ['run', 'file', 'functionName', 'before', 'after'],
    ),
  },
  label: ({ run, before, after, functionName, file }) =>
    before && after ? `Comparing run ${after} with ${before}` : `Looking at ${run ? `run ${run}` : 'the measurements'}${functionName || file ? ` of ${functionName ?? file}` : ''}`,
  run: async ({ before, after, ...query }, { facts, ledger }, signal) => {
    if ((before === undefined) !== (after === undefined)) return failed('A comparison needs both "before" and "after".');
    if (before !== undefined && after !== undefined) {
      const answer = await facts.ask({ kind: 'compare', before, after }, signal);
      return answer.problem === undefined ? { text: comparisonLines(answer.comparisons, citing(ledger)) } : failed(answer.problem);
    }
    const answer = await facts.ask({ kind: 'runs', ...query }, signal);
    return answer.problem === undefined ? { text: runLines(answer, citing(ledger)) } : failed(answer.problem);
  },
});

export const schema = defineTool<{ tables?: string[] }>({
  definition: {
    name: 'schema',
    description: 'Shows tables with columns, keys and indexes, as migrations, DDL and models of the workspace declare them.',
    inputSchema: objectSchema({ tables: listOf({ type: 'string' }, 'Names of tables. Default: all.') }, ['tables']),
  },
  label: ({ tables }) => (tables === undefined ? 'Looking at the schema' : `Looking at ${tables.join(', ')}`),
  run: async ({ tables }, { facts }, signal) => ({ text: tableLines(await facts.ask({ kind: 'schema', tables }, signal)) }),
});

export const callGraph = defineTool<{ file: string; functionName: string }>({
  definition: {
    name: 'call_graph',
    description: 'Shows who calls a function and what it calls, which calls are inside loops, and which queries, requests and file accesses it makes.',
    inputSchema: objectSchema({ file: text('The file of the function.'), functionName: text('Its qualified name, such as "OrderService.list".') }),
  },
  label: ({ functionName }) => `Following the calls of ${functionName}`,
  run: async (place, { facts }, signal) => {
    const { surroundings, problem } = await facts.ask({ kind: 'calls', ...place }, signal);
    return surroundings === undefined ? failed(problem!) : { text: callLines(surroundings) };
  },
});
