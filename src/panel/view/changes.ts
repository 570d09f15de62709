import { html, nothing, type TemplateResult } from 'lit';
import { type Change, type Changes, countOf } from '../../report/changes';
import { clean } from '../../report/statement';
import type { Context } from './context';
import { more, page } from './paged';
import { disclosure, link } from './parts';

const SEEN_AT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const KINDS: readonly (readonly [Exclude<keyof Changes, 'since'>, string])[] = [
  ['added', 'New'],
  ['gone', 'Gone'],
  ['risen', 'Risen'],
  ['fallen', 'Fallen'],
];

/** What is different from the report that was looked at last; nothing where nothing is. */
export function changesSection(context: Context, changes: Changes | null): TemplateResult | typeof nothing {
  if (changes === null || countOf(changes) === 0) return nothing;
  return html`<section aria-label="Changes" data-section="changes">
    ${disclosure(context, { key: 'changes', title: html`<h2>Changes</h2>`, open: true, count: countOf(changes), className: 'section' }, html`
      <div class="section-body notes">
        <p class="made">
          <span>Since the report of <time datetime=${changes.since}>${SEEN_AT.format(new Date(changes.since))}</time></span>
          ${link(context, 'Mark as seen', { type: 'seen' })}
        </p>
        ${KINDS.map(([kind, label]) => kindOf(context, label, changes[kind], kind))}
      </div>`)}
  </section>`;
}

function kindOf(context: Context, label: string, changes: readonly Change[], kind: string): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  const list = { key: `changes:${kind}`, size: 10 };
  return html`<div class="changed">
    <h3>${label} <span class="muted">${changes.length.toLocaleString('en')}</span></h3>
    <ul>${page(context, list, changes).map(change => html`<li>${titleOf(context, change)}
      <span class="muted"><bdi class="path">${clean(change.where)}</bdi>${step(change)}</span></li>`)}</ul>
    ${more(context, list, changes)}
  </div>`;
}

function titleOf(context: Context, { itemId, title }: Change): TemplateResult {
  return itemId === undefined
    ? html`<span>${clean(title)}</span>`
    : html`<button class="link" @click=${() => context.revealItem(itemId)}>${clean(title)}</button>`;
}

function step({ from, to }: Change): string {
  return from === undefined ? `, ${to}` : to === undefined ? `, was ${from}` : `, ${from} to ${to}`;
}
