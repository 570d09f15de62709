import { COST_UNITS, GROWTH_CLASSES, type GrowthClass } from '../../core/proposal';
import type { CostUnit, Decision, Resource, Validation } from '../../core/rule';
import { quantitiesIn } from '../evidence/quantity';
import { referencesIn } from '../evidence/references';
import { listOf, objectSchema, oneOf, text, whole } from '../schema';
import { defineTool, failed } from './tool';

interface Input {
  readonly title: string;
  readonly file: string;
  readonly functionName: string;
  readonly resource: Resource;
  readonly decision: Decision;
  readonly why: string;
  readonly technique: string;
  readonly tradeoffs: string;
  readonly effortMinutes: number;
  readonly validation: Validation;
  readonly unit: CostUnit;
  readonly growthNow: GrowthClass;
  readonly growthAfter: GrowthClass;
  readonly sizeKind?: 'table' | 'collection';
  readonly sizeName?: string;
  readonly evidence: readonly string[];
}

const LONGEST_TEXT = 600;
const MOST_MINUTES = 20_000;

export const propose = defineTool<Input>({
  definition: {
    name: 'propose_recommendation',
    description:
      'Adds a recommendation to the report as a proposal, ranked among the findings. It holds words and classes and no figure: its worth is worked out from evidence and the declared scale. Propose what the rules have not found, and only with evidence.',
    inputSchema: objectSchema(
      {
        title: text('A short name, such as "Order lines loaded one by one".'),
        file: text('The file of the function, as the other tools name it.'),
        functionName: text('Its qualified name.'),
        resource: oneOf(['database', 'cpu', 'network', 'memory', 'io'], 'What it wastes.'),
        decision: oneOf(['upfront', 'deferrable'], 'upfront: cheaper to decide now than later. deferrable: wait until a measurement asks for it.'),
        why: text('Why the code is slow, in one sentence without figures.'),
        technique: text('The change to make, as an imperative without figures.'),
        tradeoffs: text('What it costs in memory, clarity and maintenance.'),
        effortMinutes: whole('An estimate of the work, in minutes.'),
        validation: oneOf(['query count', 'benchmark', 'explain', 'heap', 'load'], 'What would prove the gain.'),
        unit: oneOf(COST_UNITS, 'What the cost counts.'),
        growthNow: oneOf(GROWTH_CLASSES, 'How the cost grows with n today.'),
        growthAfter: oneOf(GROWTH_CLASSES, 'How it grows after the change.'),
        sizeKind: oneOf(['table', 'collection'], 'What n counts, where performance.json may declare its size.'),
        sizeName: text('The name of that table or collection.'),
        evidence: listOf({ type: 'string' }, 'The evidence ids that it rests on, at least one.'),
      },
      ['sizeKind', 'sizeName'],
    ),
  },
  label: ({ title }) => `Proposing: ${title}`,
  run: async (input, { ledger, proposals, model }) => {
    const { growthNow, growthAfter, sizeKind, sizeName, evidence, ...rest } = input;
    const unknown = evidence.filter((id) => ledger.get(id) === undefined);
    if (evidence.length === 0 || unknown.length > 0) return failed(unknown.length > 0 ? `There is no evidence ${unknown.join(', ')}. Nothing was proposed.` : 'A proposal needs evidence. Nothing was proposed.');
    const problem = problemOfTexts(input);
    if (problem !== undefined) return failed(`${problem} Nothing was proposed.`);
    const size = sizeKind !== undefined && sizeName !== undefined ? { kind: sizeKind, name: sizeName } : undefined;
    const outcome = await proposals.propose({ ...rest, model, growth: { now: growthNow, after: growthAfter }, size });
    return 'problem' in outcome ? failed(outcome.problem) : { text: `Proposed as ${outcome.id}. It is in the report, marked as a proposal.` };
  },
});

/** A figure in a proposal would stand in the report without its evidence. */
function problemOfTexts({ title, why, technique, tradeoffs, effortMinutes }: Input): string | undefined {
  for (const [name, value] of Object.entries({ title, why, technique, tradeoffs })) {
    if (value.trim() === '' || value.length > LONGEST_TEXT) return `"${name}" is empty or longer than ${LONGEST_TEXT} characters.`;
    const figure = quantitiesIn(value, referencesIn(value)).find(({ isPlain }) => !isPlain);
    if (figure !== undefined) return `"${name}" states "${value.slice(figure.start, figure.end)}". A proposal states no figures: they come from evidence.`;
  }
  return effortMinutes >= 1 && effortMinutes <= MOST_MINUTES ? undefined : `"effortMinutes" is not between 1 and ${MOST_MINUTES}.`;
}
