import { html, type TemplateResult } from 'lit';
import type { ReportProof } from '../../report/model';
import { nameText } from '../../report/statement';
import type { Context } from './context';
import { button } from './parts';
import { proofView } from './proof';

/** What "Explain This Query" has found last, above the report until it is closed. */
export function explainedQuery(context: Context, explained: ReportProof): TemplateResult {
  const { file, line, functionName } = explained.proof.subject;
  const start = { line, character: 0 };
  return html`<section class="explained" aria-label="Explained query">
    <h2>Query of ${functionName === '' ? nameText(file) : nameText(functionName)}</h2>
    <div class="actions">
      ${button(context, 'Go to code', { type: 'goTo', file, range: { start, end: start } })}
      ${button(context, 'Close', { type: 'closeExplained' })}
    </div>
    ${proofView(context, explained, 'explained')}
  </section>`;
}
