/** Small templates that every section is made of. Whatever they show goes in as text nodes. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Action, Figure, Statement } from '../../report/model';
import type { FromPanel } from '../protocol';
import type { Context } from './context';

/** A statement with the origin of each figure beside it. Pieces touch: the spaces are theirs. */
export function statement(context: Context, pieces: Statement): TemplateResult {
  return html`<span class="statement">${pieces.map(piece => ('evidence' in piece ? figure(context, piece) : piece.text))}</span>`;
}

/** "200 ms" stays on one line: a number is nothing without its unit. */
const unbroken = (text: string): string => text.replace(/(\d) (?=\S)/g, '$1\u00a0');

function figure(context: Context, piece: Figure): TemplateResult {
  const number = html`<span class="number">${unbroken(piece.text)}</span>`;
  if (piece.evidence !== 'measured') {
    return html`<span class="figure">${number} <span class="mark ${piece.evidence}">${piece.evidence}</span></span>`;
  }
  const { runId } = piece;
  return html`<span class="figure">${number} <button
    class="mark measured" title="Open run ${runId}" aria-label="measured, open run ${runId}"
    @click=${() => context.post({ type: 'openRun', runId })}>measured</button></span>`;
}

/** A disclosure that remembers whether it is open. `heading` is the level of its title. */
export function disclosure(
  context: Context,
  { key, title, open, count, className = '' }: {
    readonly key: string;
    readonly title: TemplateResult;
    /** Whether it is open until the user says otherwise. */
    readonly open: boolean;
    readonly count?: number;
    readonly className?: string;
  },
  content: TemplateResult,
): TemplateResult {
  return html`
    <details
      class=${className} data-key=${key} .open=${live(context.isOpen(key, open))}
      @toggle=${({ currentTarget }: Event) => context.setOpen(key, (currentTarget as HTMLDetailsElement).open)}>
      <summary>
        ${chevron} ${title}
        ${count === undefined ? nothing : html`<vscode-badge variant="counter">${count}</vscode-badge>`}
      </summary>
      ${content}
    </details>`;
}

const chevron = html`<svg class="chevron" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
  <path fill="none" stroke="currentColor" stroke-width="1.2" d="M6 3.5 10.5 8 6 12.5" />
</svg>`;

/** A button of VS Code's own look that posts one message. */
export function button(
  context: Context,
  label: string,
  message: FromPanel,
  { primary = false, title }: { readonly primary?: boolean; readonly title?: string } = {},
): TemplateResult {
  return html`<vscode-button
    ?secondary=${!primary} title=${title ?? nothing}
    @click=${() => context.post(message)}>${label}</vscode-button>`;
}

/** A button that reads like a link, for places inside text. */
export function link(context: Context, label: TemplateResult | string, message: FromPanel, title?: string): TemplateResult {
  return html`<button class="link" title=${title ?? nothing} @click=${() => context.post(message)}>${label}</button>`;
}

/** The click that answers an open question; nothing in Restricted Mode, where runners are off. */
export function actionButton(context: Context, action: Action): TemplateResult | typeof nothing {
  const { kind, label } = action;
  if (kind === 'openConfig') return button(context, label, { type: kind });
  if (!context.state.trusted) return nothing;
  return kind === 'profile'
    ? button(context, label, { type: kind, file: action.file, functionName: action.functionName })
    : button(context, label, { type: kind });
}
