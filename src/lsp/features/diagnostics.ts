import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { Priority } from '../../core/finding';
import { shown, type DocumentView, type Judged } from '../documentView';
import { markedMessage } from '../wording';

export const SOURCE = 'performance';

/** Never Error: slow code is not broken code. */
const SEVERITY: Readonly<Record<Exclude<Priority, 'deferred'>, DiagnosticSeverity>> = {
  high: DiagnosticSeverity.Warning,
  medium: DiagnosticSeverity.Information,
  low: DiagnosticSeverity.Hint,
};

/** The diagnostics of one document. `pageOf` gives the URI of a rule's offline page. */
export function diagnosticsOf(view: DocumentView, pageOf: (rule: string) => string, now: Date): Diagnostic[] {
  return shown(view).map((judged) => diagnosticOf(view, judged, pageOf, now));
}

function diagnosticOf(view: DocumentView, judged: Judged, pageOf: (rule: string) => string, now: Date): Diagnostic {
  const { finding } = judged;
  return {
    range: finding.range,
    severity: severityOf(judged),
    source: SOURCE,
    code: finding.rule,
    ...(view.rule(finding.rule) && { codeDescription: { href: pageOf(finding.rule) } }),
    message: view.rule(finding.rule)
      ? markedMessage(finding, view.measurements.get(finding.functionName), now)
      : finding.message,
    relatedInformation: finding.related.map(({ file, range, message }) => ({
      location: { uri: view.uriOf(file), range },
      message,
    })),
    data: finding.id,
  };
}

/** What may be a false alarm stays a hint, however costly it would be. */
function severityOf({ finding, priority }: Judged): DiagnosticSeverity {
  if (finding.confidence === 'possible' || priority === 'deferred') return DiagnosticSeverity.Hint;
  return SEVERITY[priority];
}
