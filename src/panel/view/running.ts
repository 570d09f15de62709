/** What runs at the moment: on top of the page, and in the card of what it is about. */
import { html, nothing, type TemplateResult } from 'lit';
import { clean } from '../../report/statement';
import type { Item } from '../../report/model';
import type { Context } from './context';
import { button } from './parts';

/** Stays in sight wherever the page is scrolled to. */
export function progress(context: Context): TemplateResult | typeof nothing {
  if (context.running === null) return nothing;
  const label = clean(context.running.label);
  return html`<div class="progress">
    <vscode-progress-bar indeterminate aria-label=${label}></vscode-progress-bar>
    ${line(context, label)}
  </div>`;
}

/** Whether what runs is about an item: one of its findings, or the function that it stands in. */
export function isRunningFor({ running }: Context, { places }: Item): boolean {
  if (running === null) return false;
  const { findingId, file, functionName } = running;
  if (findingId !== undefined) return places.some((place) => place.findingId === findingId);
  return functionName !== undefined && places.some((place) => place.file === file && place.functionName === functionName);
}

/** Above a card's buttons, which stay: whoever has pressed one keeps the focus. */
export function runningHere(context: Context): TemplateResult {
  return html`<div class="running">${line(context, clean(context.running!.label))}</div>`;
}

function line(context: Context, label: string): TemplateResult {
  return html`<p class="running-line">
    <span>${label}, <span class="number" aria-hidden="true">${duration(context.elapsed)}</span></span>
    ${button(context, 'Cancel', { type: 'cancel' }, { title: `Cancel ${label}` })}
  </p>`;
}

/** "8 s", "1 min 20 s". */
function duration(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
