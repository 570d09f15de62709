/** What is shown where there is nothing to show yet: each names the next step and offers it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Report } from '../../report/model';
import type { Context } from './context';
import { answering, button } from './parts';

export function noWorkspace(context: Context): TemplateResult {
  return guide('No folder is open', html`
    <p>The report is about a folder: its code, its measurements, and its <code>performance.json</code>.</p>
    ${button(context, 'Open Folder', { type: 'openFolder' }, { primary: true })}`);
}

export const loading = html`
  <div class="guide">
    <vscode-progress-bar indeterminate aria-label="Reading the workspace"></vscode-progress-bar>
    <p>Reading the workspace…</p>
  </div>`;

/** Why nothing can be run here. Detection goes on. */
export function restricted(context: Context): TemplateResult {
  return html`<aside class="notice" aria-label="Restricted Mode">
    <p><strong>Restricted Mode.</strong> Profiling and benchmarks are off, because they would run this folder's code.
      The detector reads it only, and goes on.</p>
    ${button(context, 'Manage Workspace Trust', { type: 'manageTrust' })}
  </aside>`;
}

export function noFindings(context: Context): TemplateResult {
  return guide('No findings', html`
    <p>No known pattern was found in the TypeScript, JavaScript, Python and SQL files of this folder.
      A measurement can still tell where the time goes.</p>
    ${context.state.trusted
      ? html`<p>Choose <strong>Profile</strong> above a function, or run a benchmark.</p>
          ${button(context, 'Run a benchmark', { type: 'runBenchmark' }, { primary: true })}`
      : nothing}`);
}

/** Shown above estimates until the first profile. */
export function notMeasured(context: Context, report: Report): TemplateResult | typeof nothing {
  const action = report.analysis.bottleneck.open?.action;
  const message = action && answering(context, action);
  if (message === undefined) return nothing;
  return html`<aside class="notice" aria-label="Not measured yet">
    <p><strong>Not measured yet.</strong> What follows is estimated by cost models.
      A profile confirms it or takes it off the list.</p>
    ${button(context, action!.label, message, { primary: true })}
  </aside>`;
}

function guide(title: string, content: TemplateResult): TemplateResult {
  return html`<div class="guide"><h2 class="guide-title">${title}</h2>${content}</div>`;
}
