import { contentHash } from '../core/hash';
import { failures as failure, type Failure } from '../core/failures';
import { hasRules, type Language } from '../core/language';
import type { Finding } from '../core/finding';
import type { ProofCase } from '../core/proof';
import type { Confidence, Cost, Linked, Rule, SizeReference } from '../core/rule';
import type { WorkspaceView } from '../core/workspaceView';
import type { WorkspaceKnowledge } from '../workspace/knowledge';
import type { FileAnalysis, RawFinding } from './candidate';
import { verdictOf, type TypeAnswers } from './typeAnswers';

export interface LinkContext {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly workspace: WorkspaceKnowledge;
  /** What a type checker has said about the findings of this file. */
  readonly answers?: TypeAnswers;
}

/** Confirms or withdraws the raw findings of one file with what the workspace knows, and says them. */
export function linkFile(analysis: FileAnalysis, context: LinkContext): { findings: Finding[]; failures: Failure[] } {
  const view = context.workspace.viewFrom(analysis.file);
  const findings: Finding[] = [];
  const failures: Failure[] = [];
  const broken = new Set<string>();
  const { language } = analysis.facts;
  if (!hasRules(language)) return { findings, failures };
  for (const raw of analysis.raw) {
    const rule = context.rules.get(raw.rule);
    if (!rule || broken.has(raw.rule)) continue;
    try {
      const finding = link({ file: analysis.file, language, raw, rule, view }, context.answers);
      if (finding) findings.push(finding);
    } catch (cause) {
      broken.add(raw.rule);
      failures.push(failure.matcherFailed(analysis.file, raw.rule, cause));
    }
  }
  return { findings: withoutEchoes(findings, context.rules), failures };
}

/** A raw finding of a file and what decides about it. */
interface Judged {
  readonly file: string;
  readonly language: Language;
  readonly raw: RawFinding;
  readonly rule: Rule;
  readonly view: WorkspaceView;
}

function link(judged: Judged, answers: LinkContext['answers']): Finding | undefined {
  const { file, language, raw, rule, view } = judged;
  const verdict = verdictOf(raw, answers);
  if (verdict === 'withdrawn') return undefined;
  const linked = linkRaw(judged);
  if (!linked) return undefined;
  const cost = costOf(rule, linked.size ?? raw.size, view);
  const saying = rule.say(linked.facts, cost);
  return {
    id: idOf(raw),
    rule: raw.rule,
    file,
    language,
    range: raw.range,
    ...(raw.cell && { cell: raw.cell }),
    ...(raw.holderLines && { holderLines: raw.holderLines }),
    functionName: raw.functionName,
    message: saying.message,
    hint: saying.hint ?? `${rule.meta.complexity.now}, n = ${cost.n}`,
    cost,
    ...collectionsOf(linked.facts, linked.size ?? raw.size),
    confidence: verdict === 'open' ? 'possible' : (linked.confidence ?? confidenceOf(judged)),
    heat: heatOf(raw, file, view),
    related: [
      ...raw.related.map(({ range, message }) => ({ file, range, message })),
      ...(linked.related ?? []).map(({ file: other, line, message }) => ({
        file: other,
        range: { start: { line, character: 0 }, end: { line, character: 0 } },
        message,
      })),
    ],
    // Nobody should be offered to change what may be something else.
    fixes: verdict === 'open' ? [] : [...raw.fixes, ...(linked.fixes ?? [])],
  };
}

/** A name, or a path of names: what can be asked for its size where it stands. */
const ASKABLE = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/;

/** The collection that is searched or copied, which a rule keeps in its facts, and the one that is looped over. */
function collectionsOf(facts: unknown, size: SizeReference | undefined): Pick<Finding, 'collections'> {
  const searched = (facts as { readonly collection?: unknown } | null)?.collection;
  const names = [searched, size?.kind === 'collection' ? size.name : undefined];
  const askable = names.filter((name): name is string => typeof name === 'string' && ASKABLE.test(name));
  return askable.length > 0 ? { collections: [...new Set(askable)] } : {};
}

const idOf = (raw: RawFinding): string => `${raw.rule}-${contentHash(raw.key, 10)}`;

function linkRaw({ file, language, raw, rule, view }: Judged): Linked<unknown> | undefined {
  if (rule.link === undefined) return { facts: raw.facts };
  const { functionName, facts, size } = raw;
  return rule.link({ file, language, functionName, facts, size, confidence: confidenceOf({ raw, view }) }, view);
}

/** The code does not show how many there are; somebody who has declared it knows. */
function confidenceOf({ raw: { confidence, size }, view }: Pick<Judged, 'raw' | 'view'>): Confidence {
  if (confidence !== 'unsized') return confidence;
  return size !== undefined && size.kind !== 'literal' && view.sizeOf(size) !== undefined ? 'likely' : 'possible';
}

/** What a planner can be asked about a finding's advice; undefined where it has no say or the finding is gone. */
export function proofCaseOf(analysis: FileAnalysis, findingId: string, context: LinkContext): ProofCase | undefined {
  const raw = rawById(analysis, context.rules).get(findingId);
  const rule = raw && context.rules.get(raw.rule);
  const { file, facts: { language } } = analysis;
  if (raw === undefined || rule === undefined || !hasRules(language)) return undefined;
  const view = context.workspace.viewFrom(file);
  const linked = linkRaw({ file, language, raw, rule, view });
  return linked && rule.prove?.(linked.facts, file, view);
}

/** Candidates of rules that a planner can judge, by the ids of their findings. Most candidates are withdrawn, so ids are only made when asked for. */
const provable = new WeakMap<FileAnalysis, ReadonlyMap<string, RawFinding>>();

function rawById(analysis: FileAnalysis, rules: LinkContext['rules']): ReadonlyMap<string, RawFinding> {
  let known = provable.get(analysis);
  if (known === undefined) {
    known = new Map(analysis.raw.filter((raw) => rules.get(raw.rule)?.prove !== undefined).map((raw) => [idOf(raw), raw]));
    provable.set(analysis, known);
  }
  return known;
}

/** Code outside of functions is as cold as a start, unless somebody has said otherwise of its file. */
function heatOf({ functionName, runsOnLoad }: RawFinding, file: string, workspace: WorkspaceView): Finding['heat'] {
  const judgement = workspace.heatOf(file, functionName);
  return runsOnLoad && judgement.heat === 'unknown' ? { heat: 'cold', reason: 'runs once, when the file is loaded' } : judgement;
}

function costOf(rule: Rule, size: SizeReference | undefined, workspace: WorkspaceView): Cost {
  const { cost } = rule.meta;
  const literal = size?.kind === 'literal' ? size.value : undefined;
  const declared = size && literal === undefined ? workspace.sizeOf(size) : undefined;
  const n = literal ?? declared ?? cost.assumedSize;
  return {
    unit: cost.unit,
    variable: cost.variable,
    n,
    basis: literal !== undefined ? 'literal' : declared !== undefined ? 'declared' : 'assumed',
    ...(size && size.kind !== 'literal' && declared !== undefined && { of: countedName(size, workspace) }),
    now: cost.now(n),
    after: cost.after(n),
  };
}

/** What a declared n counts: the table, where that is what was declared, or else the collection as the code names it. */
function countedName(size: Exclude<SizeReference, { kind: 'literal' }>, workspace: WorkspaceView): string {
  return size.kind === 'collection' && size.table !== undefined && workspace.rowsOf(size.table) === workspace.sizeOf(size) ? size.table : size.name;
}

/** One expression is one finding of a rule, however many roads lead to it, and of one rule where another says the same of it. */
function withoutEchoes(findings: readonly Finding[], rules: LinkContext['rules']): Finding[] {
  const seen = new Set<string>();
  const distinct = findings.filter((finding) => {
    const key = placeOf(finding.rule, finding);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return distinct.filter((finding) => !rules.get(finding.rule)?.meta.yieldsTo?.some((other) => seen.has(placeOf(other, finding))));
}

const placeOf = (rule: string, { range: { start, end } }: Finding): string => `${rule}:${start.line}:${start.character}:${end.line}:${end.character}`;
