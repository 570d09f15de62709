import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { conditionsOf, type Filter, isActive, NO_FILTER } from '../filter';
import type { Context } from './context';

/** The fields that are chosen from, each with its label and its choices in the order of the report. */
const CHOICES: readonly (readonly ['priority' | 'resource' | 'evidence', string, readonly (readonly [string, string])[]])[] = [
  ['priority', 'Priority', [['any', 'Any'], ['high', 'High'], ['medium', 'Medium'], ['low', 'Low'], ['deferred', 'Deferred']]],
  ['resource', 'Resource', [['any', 'Any'], ['database', 'Database'], ['cpu', 'CPU'], ['network', 'Network'], ['memory', 'Memory'], ['io', 'I/O']]],
  ['evidence', 'Evidence', [['any', 'Any'], ['measured', 'Measured'], ['estimate', 'Not measured']]],
];

const SEARCH = 'Search findings';

/** A search that is always there, and the other conditions on demand. */
export function filterBar(context: Context): TemplateResult {
  const { filter, filterOpen } = context.arrangement;
  const conditions = conditionsOf(filter);
  const set = (change: Partial<Filter>): void => context.arrangement.setFilter({ ...filter, ...change });
  return html`
    <form role="search" class="filters" aria-label="Findings" @submit=${(event: Event) => event.preventDefault()}>
      <div class="search-line">
        <vscode-textfield
          class="search" .label=${SEARCH} placeholder=${SEARCH} maxlength="200" .value=${live(filter.text)}
          @input=${(event: Event) => set({ text: valueOf(event) })}
          @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && set({ text: '' })}></vscode-textfield>
        <button type="button" class="link" aria-expanded=${filterOpen} aria-controls="conditions" @click=${() => context.arrangement.openFilter(!filterOpen)}>
          ${conditions === 0 ? 'Filter' : `Filter (${conditions})`}</button>
      </div>
      <div id="conditions" class="conditions" ?hidden=${!filterOpen}>
        ${CHOICES.map(([key, label, choices]) => html`
          <label>${label}
            <select @change=${(event: Event) => set({ [key]: valueOf(event) })}>
              ${choices.map(([value, name]) => html`<option value=${value} .selected=${live(filter[key] === value)}>${name}</option>`)}
            </select>
          </label>`)}
        <label>File
          <vscode-textfield
            .label=${'Part of the path'} placeholder="Part of the path" maxlength="300" .value=${live(filter.file)}
            @input=${(event: Event) => set({ file: valueOf(event) })}></vscode-textfield>
        </label>
      </div>
      ${isActive(filter) ? matching(context) : nothing}
    </form>`;
}

function matching(context: Context): TemplateResult {
  return html`<p class="matching">
    <span>${matchingText(context)}</span>
    ${clearButton(context)}
  </p>`;
}

/** How much the filter leaves. It is also what screen readers are told. */
export function matchingText({ selection: { matching, total } }: Pick<Context, 'selection'>): string {
  return `${matching.toLocaleString('en')} of ${total.toLocaleString('en')} findings match.`;
}

/** In place of the recommendations where the filter leaves nothing. */
export function nothingMatches(context: Context): TemplateResult {
  return html`<div class="guide">
    <h3 class="guide-title" tabindex="-1">No finding matches the filter</h3>
    <p>${context.selection.total.toLocaleString('en')} are there without it.</p>
    <vscode-button @click=${() => clear(context)}>Clear filters</vscode-button>
  </div>`;
}

const clearButton = (context: Context): TemplateResult =>
  html`<button type="button" class="link" @click=${() => clear(context)}>Clear filters</button>`;

/** The button that was pressed is gone then: the keyboard goes to where the next filter begins. */
function clear(context: Context): void {
  context.arrangement.setFilter(NO_FILTER);
  context.focusSearch();
}

const valueOf = ({ currentTarget }: Event): string => (currentTarget as HTMLSelectElement).value;
