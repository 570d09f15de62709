import { EMPTY_CONFIG, type PerformanceConfig } from '../core/config';
import type { FileFacts, FunctionFact } from '../core/facts';
import { failures as failure, type Failure } from '../core/failures';
import type { Finding, Suppression } from '../core/finding';
import { languageOfFile } from '../core/language';
import type { Rule } from '../core/rule';
import type { Schema } from '../core/workspaceView';
import { rules as allRules } from '../rules/generated/rules';
import { WorkspaceKnowledge } from '../workspace/knowledge';
import type { FileAnalysis } from './candidate';
import { LanguageLoader } from './languages';
import { linkFile, type LinkContext } from './linker';
import { applySuppressions, expiredSuppression } from './suppressed';

/** Parses files one by one and keeps their facts and raw findings; never their trees. */
export interface Detector {
  /** Every rule by id, switched on or not. */
  readonly rules: ReadonlyMap<string, Rule>;
  setConfig(config: PerformanceConfig): void;
  /**
   * Parses and walks one file. The parser of its language is loaded on first use.
   * A file that cannot be analysed yields a failure in `check` and no findings.
   */
  update(file: string, text: string): Promise<void>;
  remove(file: string): void;
  has(file: string): boolean;
  /**
   * Links what is known into findings, of one file or of all. Suppressed findings are left out;
   * an expired suppression is itself a finding of the rule "expired-suppression".
   */
  check(file?: string): { readonly findings: readonly Finding[]; readonly failures: readonly Failure[] };
  functions(file: string): readonly FunctionFact[];
  suppressions(file: string): readonly Suppression[];
  facts(): readonly FileFacts[];
  /** The schema as the queries of a file see it; without a file, as seen from the root of the workspace. */
  schema(file?: string): Schema;
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

  async update(file: string, text: string): Promise<void> {
    const language = languageOfFile(file);
    if (!language) return;
    const analyser = await this.loader.load(language);
    this.broken.delete(file);
    try {
      const analysis = analyser.analyse(file, text, this.wanted);
      this.analyses.set(file, analysis);
      this.workspace.set(analysis.facts);
    } catch (cause) {
      this.remove(file);
      this.broken.set(file, failure.parseFailed(file, cause));
    }
  }

  remove(file: string): void {
    this.analyses.delete(file);
    this.workspace.delete(file);
    this.broken.delete(file);
  }

  has(file: string): boolean {
    return this.analyses.has(file);
  }

  check(file?: string): { findings: Finding[]; failures: Failure[] } {
    const context: LinkContext = { rules: this.rules, workspace: this.workspace };
    const analyses = file === undefined ? [...this.analyses.values()] : [this.analyses.get(file)].filter((one) => one !== undefined);
    const findings: Finding[] = [];
    const failures: Failure[] = [...this.broken.values()].filter((one) => file === undefined || one.file === file);
    for (const analysis of analyses) {
      const linked = linkFile(analysis, context);
      const active = linked.findings.filter(({ rule }) => this.config.rules[rule] !== 'off');
      findings.push(...applySuppressions(active, analysis, this.options.today?.() ?? new Date()));
      failures.push(...analysis.failures, ...linked.failures);
    }
    return { findings, failures };
  }

  functions(file: string): readonly FunctionFact[] {
    return this.analyses.get(file)?.facts.functions ?? [];
  }

  suppressions(file: string): readonly Suppression[] {
    return this.analyses.get(file)?.suppressions ?? [];
  }

  facts(): readonly FileFacts[] {
    return this.workspace.facts();
  }

  schema(file?: string): Schema {
    return this.workspace.schemaOf(file);
  }
}
