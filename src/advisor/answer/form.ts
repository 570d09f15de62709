import type { Basis } from '../evidence/check';
import type { JsonSchema } from '../model';
import { listOf, objectSchema, oneOf, problemOf, text } from '../schema';

/** What a claim is about, in the order in which an answer is read. */
export const TOPICS = [
  'requirements', 'current performance', 'bottleneck', 'recommendation', 'trade-off', 'conflict', 'leave alone', 'next measurement', 'question',
] as const;

export type Topic = (typeof TOPICS)[number];

/** One statement of an answer as the model made it. */
export interface Claim {
  readonly topic: Topic;
  readonly basis: Basis;
  readonly evidence: readonly string[];
  readonly text: string;
}

const BASES: readonly Basis[] = ['measured', 'estimate', 'advice'];
const NONE = 'none';
const MOST_CLAIMS = 60;

/** The form of the answer to one request: only what was shown in this conversation can be cited. */
export function answerSchema(evidence: readonly string[]): JsonSchema {
  return objectSchema({ claims: listOf(claimSchema(oneOf([...evidence, NONE], 'An evidence id.')), 'The answer, claim by claim.') });
}

/** The text comes last, so that its numbers can be checked while it is being written. */
function claimSchema(evidence: JsonSchema): JsonSchema {
  return objectSchema({
    topic: oneOf(TOPICS, 'What the claim is about.'),
    basis: oneOf(BASES, 'What its numbers rest on.'),
    evidence: listOf(evidence, 'What it rests on.'),
    text: text('One or two sentences.'),
  });
}

/** A claim whose ids are looked up later: one that does not exist is said to be missing, and costs no answer. */
const ANY_CLAIM = claimSchema({ type: 'string' });

export type ParsedAnswer = { readonly claims: readonly Claim[] } | { readonly problem: string };

/** Reads an answer. Models that are not held to a schema may put it between fences or words. */
export function parseAnswer(answer: string): ParsedAnswer {
  const [start, end] = [answer.indexOf('{'), answer.lastIndexOf('}')];
  if (start === -1 || end < start) return { problem: 'there is no JSON object' };
  const json = answer.slice(start, end + 1);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { problem: `the JSON cannot be read (${(error as Error).message.slice(0, 120)})` };
  }
  const problem = problemOf(value, objectSchema({ claims: listOf(ANY_CLAIM, '') }));
  if (problem !== undefined) return { problem };
  const { claims } = value as { claims: readonly Claim[] };
  if (claims.length === 0) return { problem: 'there is no claim' };
  return { claims: claims.slice(0, MOST_CLAIMS).map(withoutNone) };
}

const withoutNone = (claim: Claim): Claim => ({ ...claim, evidence: [...new Set(claim.evidence)].filter((id) => id !== NONE) });

export interface PartialAnswer {
  readonly claims: readonly Claim[];
  /** The text of the claim that is being written, up to its last whole word. */
  readonly unfinished?: Claim;
}

/**
 * Reads as much of a growing answer as is certain. A number at the very end may still get another digit, so the
 * last word is left out.
 */
export function parsePartial(answer: string): PartialAnswer {
  const { whole, open } = claimsIn(answer);
  const claims = whole.flatMap((json) => claimOf(json) ?? []);
  const cut = open === undefined ? -1 : open.json.lastIndexOf(' ');
  const unfinished = open !== undefined && cut > open.text ? claimOf(`${open.json.slice(0, cut).trimEnd()}"}`) : undefined;
  return { claims, ...(unfinished && { unfinished }) };
}

interface Claims {
  /** The JSON of each claim that is complete. */
  readonly whole: readonly string[];
  /** That of the claim that ends in the middle of a text, and where that text begins in it. */
  readonly open?: { readonly json: string; readonly text: number };
}

/** Goes through a growing answer once. Claims are the objects in the list in the one object of the answer. */
function claimsIn(answer: string): Claims {
  const whole: string[] = [];
  let depth = 0;
  let start = -1;
  let text = -1;
  for (let at = 0; at < answer.length; at++) {
    const char = answer[at];
    if (text !== -1) {
      if (char === '\\') at++;
      else if (char === '"') text = -1;
    } else if (char === '"') {
      text = at + 1;
    } else if (char === '{') {
      if (++depth === CLAIM_DEPTH) start = at;
    } else if (char === '}') {
      if (depth-- === CLAIM_DEPTH) whole.push(answer.slice(start, at + 1));
    }
  }
  return { whole, ...(text !== -1 && depth === CLAIM_DEPTH && { open: { json: answer.slice(start), text: text - start } }) };
}

const CLAIM_DEPTH = 2;

function claimOf(json: string): Claim | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return problemOf(value, ANY_CLAIM) === undefined ? withoutNone(value as Claim) : undefined;
  } catch {
    return undefined;
  }
}
