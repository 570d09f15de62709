import type { FindingFix } from './finding';
import type { Language } from './language';
import type { ProofCase } from './proof';
import type { Range, Span, SpanEdit } from './text';
import type { WorkspaceView } from './workspaceView';

export type RuleFamily =
  | 'algorithm'
  | 'data structure'
  | 'database'
  | 'API contract'
  | 'caching'
  | 'batching'
  | 'lazy loading'
  | 'streaming'
  | 'I/O'
  | 'scalability'
  | 'observability';

export type Resource = 'database' | 'cpu' | 'network' | 'memory' | 'io';

/** `upfront`: decide it while designing. `deferrable`: wait until a measurement asks for it. */
export type Decision = 'upfront' | 'deferrable';

/** `safe`: behaviour is kept. `suggestion`: needs the user's confirmation. `none`: advice only. */
export type FixKind = 'safe' | 'suggestion' | 'none';

export type Validation = 'query count' | 'benchmark' | 'explain' | 'heap' | 'load';

export type CostUnit =
  | 'queries'
  | 'round trips'
  | 'comparisons'
  | 'copied elements'
  | 'rows read'
  | 'bytes in memory'
  | 'calls'
  | 'seconds';

/** Operations as a function of n, before and after the advice was taken. */
export interface CostModel {
  readonly unit: CostUnit;
  /** What n counts, as a noun phrase: "items in the loop". */
  readonly variable: string;
  /** n where neither the code nor performance.json says one. Always reported as assumed. */
  readonly assumedSize: number;
  now(n: number): number;
  after(n: number): number;
  /**
   * The order of magnitude of one unit in milliseconds. It exists to rank
   * unmeasured findings among each other and is never shown as a time.
   */
  readonly millisecondsPerUnit: number;
}

/**
 * A view that may disagree with the advice, or agree with it. `architecture` speaks of boundaries, contracts and
 * operation; `quick hack` of small changes that buy time; `linter` names another tool's rule by its id.
 */
export interface RuleConflict {
  readonly view: 'clarity' | 'simplicity' | 'architecture' | 'quick hack' | 'linter';
  /** With view `linter`: the tool ("ruff") and its rule ("FURB101"). */
  readonly tool?: string;
  readonly rule?: string;
  /** The other view asks for the same, or for something that goes with it. */
  readonly agrees?: true;
  readonly text: string;
}

export interface Example {
  readonly bad: string;
  readonly better: string;
  /** What the file is called, where that decides: "db/migrations/0002_index.sql". */
  readonly file?: string;
  /** The performance.json beside it, where the rule asks for a declared scale. */
  readonly configuration?: string;
}

/** What the engine, the ranking and every list of rules need. It is loaded at the start, so it holds no prose but the title. */
export interface RuleMeta {
  /** Equal to the name of the rule's folder. */
  readonly id: string;
  readonly title: string;
  readonly family: RuleFamily;
  readonly resource: Resource;
  readonly decision: Decision;
  readonly languages: readonly Language[];
  readonly fix: FixKind;
  readonly complexity: { readonly now: string; readonly after: string };
  readonly cost: CostModel;
  readonly effortMinutes: number;
  readonly validation: Validation;
  /** Rules that say more of the same place: where one of them has a finding on the same expression, this one has none. */
  readonly yieldsTo?: readonly string[];
}

/** What a rule tells people who look at a finding. It is loaded with the first hover or report. */
export interface RuleAdvice {
  /** One or two sentences: why this is slow. Shown in the hover and on the rule's page. */
  readonly why: string;
  /** The change to make, as an imperative phrase. */
  readonly technique: string;
  readonly tradeoffs: string;
  readonly conflicts: readonly RuleConflict[];
  /** When the pattern is right and the finding should be ignored. */
  readonly whenNot: string;
  readonly examples: Partial<Readonly<Record<Language, Example>>>;
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

/** A rule as the report and the rule's page know it. */
export type AdvisedRule = RuleMeta & RuleAdvice;

/** What n is for one match, so that the declared scale can be looked up. */
export type SizeReference =
  | { readonly kind: 'collection'; readonly name: string; readonly table?: string }
  | { readonly kind: 'table'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: number };

/** `possible` findings are shown as hints at most; `certain` and `likely` follow their priority. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** What a matcher can say: `unsized` is possible, and likely where performance.json declares how large n is. */
export type MatchConfidence = Confidence | 'unsized';

/** What a type checker says of a value; `other` is known to be none of these. */
export type TypeKind = 'array' | 'string' | 'set' | 'map' | 'promise' | 'other';

/** What a value must be for a match to hold, as far as only a type checker can tell. */
export interface TypeQuestion {
  /** The expression whose type is asked for. */
  readonly span: Span;
  /** The match holds where the type is one of these. */
  readonly holdsFor: readonly TypeKind[];
  /** What to do while there is no answer: say it as `possible`, or nothing. */
  readonly unanswered: 'possible' | 'silent';
}

export interface Match<Facts> {
  /** The costly expression. */
  readonly span: Span;
  /** What the rule says about it; plain JSON, because it outlives the syntax tree. */
  readonly facts: Facts;
  readonly size?: SizeReference;
  readonly confidence?: MatchConfidence;
  /** The answer confirms or withdraws the finding. */
  readonly question?: TypeQuestion;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
}

/** A file to create, relative to the workspace folder. */
export interface CreatedFile {
  readonly file: string;
  readonly text: string;
}

/** An edit that outlives the tree and its text's offsets. */
export interface PlacedEdit {
  readonly range: Range;
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  readonly kind: 'safe' | 'suggestion';
  /** Edits of the matched file. */
  readonly edits: readonly SpanEdit[];
  readonly create?: CreatedFile | readonly CreatedFile[];
  /** For a suggestion: what could change in behaviour, as a sentence. */
  readonly caveat?: string;
}

/** n and the operations at n. `basis` says where n came from; a cost is always an estimate. */
export interface Cost {
  readonly unit: CostUnit;
  readonly variable: string;
  readonly n: number;
  readonly basis: 'literal' | 'declared' | 'assumed';
  /** The collection or table that n counts, where it has a name: "orders". */
  readonly of?: string;
  readonly now: number;
  readonly after: number;
}

export interface Saying {
  /** What, why and what to do, with an honest magnitude; one to three sentences. */
  readonly message: string;
  /** The inlay hint at the costly expression; the engine's own text is used where absent. */
  readonly hint?: string;
}

/** A match after the syntax tree is gone, on its way through the linker. */
export interface Candidate<Facts> {
  readonly file: string;
  readonly language: Language;
  /** The qualified name of the innermost named function around the match; '' at top level. */
  readonly functionName: string;
  readonly facts: Facts;
  readonly size?: SizeReference;
  readonly confidence: Confidence;
}

/** What the linker may add once the whole workspace is known. */
export interface Linked<Facts> {
  readonly facts: Facts;
  readonly size?: SizeReference;
  readonly confidence?: Confidence;
  readonly related?: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  /** Fixes in positions of named files, as the facts kept them or of files to create; the tree is gone by then. */
  readonly fixes?: readonly FindingFix[];
}

/**
 * A performance pattern with one meaning in every language.
 * Finding (matcher), deciding with the workspace (link) and saying are separate; only the engine reports.
 */
export interface Rule<Facts = any> {
  readonly meta: RuleMeta;
  say(facts: Facts, cost: Cost): Saying;
  /** Confirms, completes or (by returning undefined) withdraws a match with what the workspace knows. */
  link?(candidate: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined;
  /** What a query planner can be asked about the advice, given what `link` has added; undefined where it has no say. */
  prove?(facts: Facts, file: string, workspace: WorkspaceView): ProofCase | undefined;
}

/** Finds a rule's pattern in one language. */
export interface Matcher<Kind, Node, File, Facts = any> {
  /** The node kinds of that language's tree for which `find` is called. */
  readonly kinds: readonly Kind[];
  /**
   * Among calls and properties, `find` is called for those of these names only: "findMany" of
   * `db.user.findMany()`, "skip" of `{ skip: n }`. Most calls are nobody's, and asking each rule about each is the
   * greater part of a pass. Without it all of them are looked at.
   */
  readonly names?: readonly string[];
  find(node: Node, file: File): Match<Facts> | readonly Match<Facts>[] | undefined;
  /** Called for a match while the tree is alive. The engine re-parses what it returns in tests. */
  fix?(match: Match<Facts>, node: Node, file: File): Fix | undefined;
  /** Asked for in migrations, too, which run once; the others are not called there. For Python; SQL decides by statement. */
  readonly inMigrations?: boolean;
}
