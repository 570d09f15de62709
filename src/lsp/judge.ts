import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../core/finding';
import { ruleLanguageOf } from '../core/language';
import type { RuleMeta } from '../core/rule';
import type { Detector } from '../detect/detector';
import { provableStatements } from '../prove/provable';
import { indexEvidence, type EvidenceIndex } from '../report/evidenceIndex';
import { rankFindings } from '../report/rank';
import type { Configuration } from './configuration';
import type { DocumentView, Judged, QueryPlace } from './documentView';
import type { SessionEvidence } from './evidence';

/** Findings about suppression comments have no cost, so the ranking leaves them to us. */
const SUPPRESSION_RULE = 'expired-suppression';

/** Ranks the findings of a document and puts its view together. */
export class Judge {
  /** The rules of the catalogue. */
  private readonly rules: ReadonlyMap<string, RuleMeta>;
  private index?: EvidenceIndex;

  constructor(
    private readonly detector: Detector,
    private readonly configuration: Configuration,
    private readonly evidence: SessionEvidence,
  ) {
    const entries = [...detector.rules].map(([id, { meta }]): [string, RuleMeta] => [id, meta]);
    this.rules = new Map(entries.filter(([id]) => id !== SUPPRESSION_RULE));
  }

  /** To be called when the configuration or the runs have changed. */
  reset(): void {
    this.index = undefined;
  }

  view(file: string, document: TextDocument, uriOf: (file: string) => string): DocumentView {
    const functions = this.detector.functions(file);
    const judged = this.rank(this.detector.check(file).findings);
    return {
      uri: document.uri,
      file,
      language: ruleLanguageOf(file)!,
      text: document,
      judged,
      functions,
      queries: this.queries(file, judged),
      measurements: this.evidence.measurementsOf(file, functions),
      database: {
        schema: this.detector.schema(file),
        sqlStrings: this.detector.sqlStrings(file),
        scaleOf: (table) => this.detector.scaleOf(table),
      },
      rule: (id) => this.rules.get(id),
      uriOf,
    };
  }

  private queries(file: string, judged: readonly Judged[]): QueryPlace[] {
    const provable = provableStatements(this.detector, judged.map(({ finding }) => finding));
    return this.detector.statements(file).map((statement) => ({ start: statement.range.start, canProve: provable.has(statement) }));
  }

  /** The most important first; what is wrong with suppressions stands at the end. */
  private rank(findings: readonly Finding[]): Judged[] {
    const config = this.configuration.current;
    this.index ??= indexEvidence(this.evidence.runs, config, (file, functionName) =>
      this.detector.functions(file).find(({ name }) => name === functionName),
    );
    const ranked = rankFindings(findings, this.rules, this.index, config).judged.map(
      ({ finding, judgement: { priority, evidence, reason } }): Judged => ({ finding, priority, evidence, reason }),
    );
    const unranked = findings
      .filter(({ rule }) => rule === SUPPRESSION_RULE)
      .map((finding): Judged => ({ finding, priority: 'medium', evidence: 'estimate' }));
    return [...ranked, ...unranked];
  }
}
