import { EMPTY_CONFIG, type PerformanceConfig } from '../core/config';
import type { FileFacts, FunctionFact } from '../core/facts';
import { failures as failure, type Failure } from '../core/failures';
import { contentHash } from '../core/hash';
import type { Finding, Suppression } from '../core/finding';
import { languageOfFile } from '../core/language';
import type { ProofCase } from '../core/proof';
import type { Rule } from '../core/rule';
import type { Span } from '../core/text';
import type { Schema, WorkspaceView } from '../core/workspaceView';
import { rules as allRules } from '../rules/generated/rules';
import { remembering } from '../syntax/sql/parser';
import type { Caller } from '../workspace/callGraph';
import type { HeatJudgement } from '../workspace/heat';
import { WorkspaceKnowledge } from '../workspace/knowledge';
import { lintersIn } from '../workspace/linters/linters';
import { isManifest, packagesIn } from '../workspace/manifests';
import type { FileAnalysis, LocatedStatement } from './candidate';
import { LanguageLoader } from './languages';
import { linkFile, proofCaseOf, type LinkContext } from './linker';
import { questionsOf, type OpenQuestion, type TypeAnswers } from './typeAnswers';
import { applySuppressions, expiredSuppression } from './suppressed';

/** Parses files one by one and keeps their facts and raw findings; never their trees. */
export interface Detector {
  /** Every rule by id, switched on or not. */
  readonly rules: ReadonlyMap<string, Rule>;
  setConfig(config: PerformanceConfig): void;
  /**
   * Parses and walks one file. The parser of its language is loaded on first use.
   * A file that cannot be analysed yields a failure in `check` and no findings. Of a manifest (package.json,
   * requirements.txt, eslint.config.js…) the names of the packages and the linters it configures are kept.
   * @param isEdited keeps the tree for the next change, until `rest` or `remove` is called.
   */
  update(file: string, text: string, isEdited?: boolean): Promise<void>;
  /** The file is no longer edited; what is known of it stays. */
  rest(file: string): void;
  remove(file: string): void;
  /** Takes an analysis that was made before of the same text by the same program. */
  restore(analysis: FileAnalysis, textHash: string): void;
  /** What is kept of a file: plain JSON. */
  analysis(file: string): FileAnalysis | undefined;
  has(file: string): boolean;
  /**
   * Links what is known into findings, of one file or of all. Suppressed findings are left out;
   * an expired suppression is itself a finding of the rule "expired-suppression".
   */
  check(file?: string): { readonly findings: readonly Finding[]; readonly failures: readonly Failure[] };
  /** What a type checker should be asked about a file, and the hash of the text that the spans refer to. */
  questions(file: string): { readonly textHash: string; readonly questions: readonly OpenQuestion[] };
  /** Confirms and withdraws findings; what was answered before and is asked no more is forgotten. */
  answer(file: string, answers: TypeAnswers): void;
  functions(file: string): readonly FunctionFact[];
  /** The functions of the workspace that come to a function by their calls, the nearest first. */
  callers(file: string, functionName: string): readonly Caller[];
  suppressions(file: string): readonly Suppression[];
  facts(): readonly FileFacts[];
  /** Offsets of a file's strings that hold SQL. */
  sqlStrings(file: string): readonly Span[];
  /** A table's size from performance.json. */
  scaleOf(table: string): { readonly rows: number; readonly growthPerDay?: number } | undefined;
  /** The schema as the queries of a file see it; without a file, as seen from the root of the workspace. */
  schema(file?: string): Schema;
  /** The statements of a file that read rows, in reading order. */
  statements(file: string): readonly LocatedStatement[];
  /** What a planner can be asked about a finding's advice; undefined where it has no say. */
  proofCase(finding: Finding): ProofCase | undefined;
  /** What is known of all files together, with the schema as the queries of a file see it; without a file, as seen from the root. */
  workspaceFrom(file?: string): WorkspaceView;
  /** How often a function runs, and why that is thought. */
  heatOf(file: string, functionName: string): HeatJudgement;
}

export interface DetectorOptions {
  readonly config?: PerformanceConfig;
  /** Rules to run instead of all; for tests and `--rule`. */
  readonly only?: readonly string[];
  /** The day that decides whether a suppression has expired. */
  readonly today?: () => Date;
}

export function createDetector(options: DetectorOptions = {}): Detector {
  return new WorkspaceDetector(options);
}

class WorkspaceDetector implements Detector {
  readonly rules: ReadonlyMap<string, Rule> = new Map([...allRules, expiredSuppression].map((rule) => [rule.meta.id, rule]));
  private readonly loader = new LanguageLoader();
  private readonly analyses = new Map<string, FileAnalysis>();
  private readonly hashes = new Map<string, string>();
  private readonly answers = new Map<string, TypeAnswers>();
  private readonly broken = new Map<string, Failure>();
  /** Rules are filtered again in `check`, so that switching one on or off needs no new parse. */
  private readonly wanted: ReadonlySet<string>;
  private readonly workspace = new WorkspaceKnowledge();
  private config: PerformanceConfig;

  constructor(private readonly options: DetectorOptions) {
    this.config = options.config ?? EMPTY_CONFIG;
    this.workspace.setConfig(this.config);
    this.wanted = new Set(options.only ?? this.rules.keys());
  }

  setConfig(config: PerformanceConfig): void {
    this.config = config;
    this.workspace.setConfig(config);
  }

  async update(file: string, text: string, isEdited = false): Promise<void> {
    if (isManifest(file)) this.workspace.setManifest(file, packagesIn(file, text), await lintersIn(file, text));
    const language = languageOfFile(file);
    if (!language) return;
    const analyser = await this.loader.load(language);
    this.broken.delete(file);
    try {
      const analysis = remembering(isEdited, () => analyser.analyse(file, text, this.wanted, isEdited));
      this.keep(analysis, contentHash(text));
    } catch (cause) {
      this.remove(file);
      // The stack ran out: RangeError is all that the engine says of it.
      this.broken.set(file, cause instanceof RangeError ? failure.nestedTooDeep(file) : failure.parseFailed(file, cause));
    }
  }

  restore(analysis: FileAnalysis, textHash: string): void {
    this.broken.delete(analysis.file);
    this.keep(analysis, textHash);
  }

  analysis(file: string): FileAnalysis | undefined {
    return this.analyses.get(file);
  }

  rest(file: string): void {
    this.loader.forget(file);
  }

  remove(file: string): void {
    if (isManifest(file)) this.workspace.deleteManifest(file);
    this.rest(file);
    this.analyses.delete(file);
    this.hashes.delete(file);
    this.answers.delete(file);
    this.workspace.delete(file);
    this.broken.delete(file);
  }

  has(file: string): boolean {
    return this.analyses.has(file);
  }

  check(file?: string): { findings: Finding[]; failures: Failure[] } {
    const analyses = file === undefined ? [...this.analyses.values()] : [this.analyses.get(file)].filter((one) => one !== undefined);
    const findings: Finding[] = [];
    const failures: Failure[] = [...this.broken.values()].filter((one) => file === undefined || one.file === file);
    for (const analysis of analyses) {
      const context: LinkContext = { rules: this.rules, workspace: this.workspace, answers: this.answers.get(analysis.file) };
      const linked = linkFile(analysis, context);
      const active = linked.findings.filter(({ rule }) => this.wanted.has(rule) && this.config.rules[rule] !== 'off');
      findings.push(...applySuppressions(active, analysis, this.options.today?.() ?? new Date()));
      failures.push(...analysis.failures, ...linked.failures);
    }
    return { findings, failures };
  }

  questions(file: string): { textHash: string; questions: OpenQuestion[] } {
    return { textHash: this.hashes.get(file) ?? '', questions: questionsOf(this.analyses.get(file)?.raw ?? []) };
  }

  answer(file: string, answers: TypeAnswers): void {
    if (this.analyses.has(file)) this.answers.set(file, answers);
  }

  functions(file: string): readonly FunctionFact[] {
    return this.analyses.get(file)?.facts.functions ?? [];
  }

  callers(file: string, functionName: string): readonly Caller[] {
    return this.workspace.callersOf(file, functionName);
  }

  suppressions(file: string): readonly Suppression[] {
    return this.analyses.get(file)?.suppressions ?? [];
  }

  facts(): readonly FileFacts[] {
    return this.workspace.facts();
  }

  sqlStrings(file: string): readonly Span[] {
    return this.analyses.get(file)?.sqlStrings ?? [];
  }

  scaleOf(table: string): { readonly rows: number; readonly growthPerDay?: number } | undefined {
    return this.workspace.scaleOf(table);
  }

  schema(file?: string): Schema {
    return this.workspace.schemaOf(file);
  }

  statements(file: string): readonly LocatedStatement[] {
    return this.analyses.get(file)?.statements ?? [];
  }

  proofCase({ file, id }: Finding): ProofCase | undefined {
    const analysis = this.analyses.get(file);
    return analysis && proofCaseOf(analysis, id, { rules: this.rules, workspace: this.workspace });
  }

  workspaceFrom(file?: string): WorkspaceView {
    return this.workspace.viewFrom(file);
  }

  heatOf(file: string, functionName: string): HeatJudgement {
    return this.workspace.heatOf(file, functionName);
  }

  private keep(analysis: FileAnalysis, textHash: string): void {
    this.analyses.set(analysis.file, analysis);
    this.hashes.set(analysis.file, textHash);
    this.workspace.set(analysis.facts);
  }
}
