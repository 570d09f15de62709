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
  // The mark stays beside the last word: alone on a line it would seem to belong to the next.
  const text = unbroken(piece.text);
  const cut = text.lastIndexOf(' ') + 1;
  return html`<span class="number">${text.slice(0, cut)}</span><span class="together"><span
    class="number">${text.slice(cut)}</span> ${origin(context, piece)}</span>`;
}

function origin(context: Context, piece: Figure): TemplateResult {
  if (piece.evidence !== 'measured') return html`<span class="mark ${piece.evidence}">${piece.evidence}</span>`;
  const { runId } = piece;
  return html`<button class="mark measured" title="Open run ${runId}" aria-label="measured, open run ${runId}"
    @click=${() => context.post({ type: 'openRun', runId })}>measured</button>`;
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
      class=${className} data-key=${key} .open=${live(context.arrangement.isOpen(key, open))}
      @toggle=${({ currentTarget }: Event) => context.arrangement.setOpen(key, (currentTarget as HTMLDetailsElement).open, open)}>
      <summary>
        ${chevron} ${title}
        ${count === undefined || count === 0 ? nothing : html`<vscode-badge variant="counter">${count}</vscode-badge>`}
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

/** The message that answers an open question; none in Restricted Mode, where runners are off. */
export function answering(context: Context, action: Action): FromPanel | undefined {
  if (action.kind === 'openConfig') return { type: 'openConfig' };
  if (!context.state.trusted) return undefined;
  return 'file' in action
    ? { type: 'profile', file: action.file, functionName: action.functionName }
    : { type: 'runBenchmark' };
}
