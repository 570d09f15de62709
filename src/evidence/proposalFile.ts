import { COST_UNITS, GROWTH_CLASSES, type Proposal } from '../core/proposal';

export const PROPOSAL_ID = /^proposal-[0-9a-f]{12}$/;

const RESOURCES = ['database', 'cpu', 'network', 'memory', 'io'];
const VALIDATIONS = ['query count', 'benchmark', 'explain', 'heap', 'load'];

/** Longer texts are no recommendation. */
const LONGEST_TEXT = 600;

/** Reads a proposal's file, which anybody may have edited. @throws Error saying what is wrong. */
export function parseProposal(text: string, id: string): Proposal {
  const value = JSON.parse(text) as Partial<Record<keyof Proposal, unknown>>;
  const growth = (value.growth ?? {}) as Partial<Proposal['growth']>;
  const size = value.size as { readonly kind?: unknown; readonly name?: unknown } | undefined;
  const problems = [
    value.version === 1 ? [] : ['its format is not 1'],
    value.id === id && PROPOSAL_ID.test(id) ? [] : ['its id is not its name'],
    (['createdAt', 'model', 'title', 'file', 'functionName', 'functionHash', 'why', 'technique', 'tradeoffs'] as const)
      .filter((key) => !isText(value[key]))
      .map((key) => `"${key}" is no text`),
    RESOURCES.includes(value.resource as string) ? [] : ['its resource is unknown'],
    value.decision === 'upfront' || value.decision === 'deferrable' ? [] : ['its decision is unknown'],
    VALIDATIONS.includes(value.validation as string) ? [] : ['its validation is unknown'],
    (COST_UNITS as readonly unknown[]).includes(value.unit) ? [] : ['its unit is unknown'],
    [growth.now, growth.after].every((each) => (GROWTH_CLASSES as readonly unknown[]).includes(each)) ? [] : ['its growth is unknown'],
    Number.isFinite(value.effortMinutes) && (value.effortMinutes as number) > 0 ? [] : ['its effort is no number'],
    size === undefined || ((size.kind === 'table' || size.kind === 'collection') && isText(size.name)) ? [] : ['its size is unknown'],
  ].flat();
  if (problems.length > 0) throw new Error(problems.join(', '));
  return value as Proposal;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT;
}
