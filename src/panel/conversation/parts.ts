/** Small templates of the conversation. Whatever they show goes in as text nodes: it comes from models and files. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Piece } from '../../advisor/view';
import type { Context } from './context';
import type { FromConversation } from './protocol';

export function pieces(context: Context, all: readonly Piece[]): TemplateResult {
  return html`<span class="statement">${all.map(piece => onePiece(context, piece))}</span>`;
}

function onePiece(context: Context, piece: Piece): TemplateResult | string {
  switch (piece.kind) {
    case 'prose':
      return piece.text;
    case 'code':
      return html`<code>${piece.text}</code>`;
    case 'figure':
      return html`<span class="together"><span class="number">${piece.text}</span> ${mark(context, piece)}</span>`;
    case 'place':
      return link(context, html`<bdi class="path">${piece.text}</bdi>`, { type: 'goTo', file: piece.file, line: piece.line }, 'Go to code');
    case 'struck':
      return html`<del>${piece.text}</del> <span class="reason">(struck out: ${piece.reason})</span>`;
  }
}

const WORDS = { measured: 'measured', declared: 'declared', stated: 'you say', estimate: 'estimate', assumed: 'assumed' } as const;

function mark(context: Context, { quality, runId }: Extract<Piece, { readonly kind: 'figure' }>): TemplateResult {
  if (quality !== 'measured' || runId === undefined) return html`<span class="mark ${quality}">${WORDS[quality]}</span>`;
  return html`<button class="mark measured" title="Open run ${runId}" aria-label="measured, open run ${runId}"
    @click=${() => context.post({ type: 'openRun', runId })}>measured</button>`;
}

export function button(
  context: Context,
  label: string,
  message: FromConversation,
  { primary = false, title }: { readonly primary?: boolean; readonly title?: string } = {},
): TemplateResult {
  return html`<vscode-button ?secondary=${!primary} title=${title ?? nothing} @click=${() => context.post(message)}>${label}</vscode-button>`;
}

export function link(context: Context, label: TemplateResult | string, message: FromConversation, title?: string): TemplateResult {
  return html`<button class="link" title=${title ?? nothing} @click=${() => context.post(message)}>${label}</button>`;
}
