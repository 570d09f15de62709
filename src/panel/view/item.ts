import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Deferred, FIELD_LABELS, type Item, type Place, proposalText, type Recommendation } from '../../report/model';
import { clean, nameText } from '../../report/statement';
import type { Validation } from '../../core/rule';
import type { Context } from './context';
import { dismissForm } from './dismissForm';
import { more, page } from './paged';
import { button, disclosure, link, statement } from './parts';
import { proofView } from './proof';
import { isRunningFor, runningHere } from './running';
import { chartsOfItem } from './runs';

/** What a card shows before it is opened. */
const SUMMARY_FIELDS = FIELD_LABELS.slice(0, 2);
const DETAIL_FIELDS = FIELD_LABELS.slice(2);

export function recommendationCard(context: Context, item: Recommendation): TemplateResult {
  return card(context, item, html`
    <dl>${SUMMARY_FIELDS.map(([key, label]) => field(label, statement(context, item.fields[key])))}</dl>
    ${disclosure(
      context,
      { key: `details:${item.id}`, title: html`<span>How, cost and proof</span>`, open: false, className: 'details' },
      html`<dl>
        ${DETAIL_FIELDS.map(([key, label]) => field(label, statement(context, item.fields[key])))}
        ${field('Why this priority', statement(context, [{ text: item.reason }]))}
        ${field('Arithmetic', statement(context, item.arithmetic))}
      </dl>`,
    )}
    ${plans(context, item)}`);
}

export function deferredCard(context: Context, item: Deferred): TemplateResult {
  return card(context, item, html`
    <dl>
      ${field('Why deferred', statement(context, [{ text: item.reason }]))}
      ${field('What would change that', statement(context, [{ text: item.change }]))}
    </dl>
    ${disclosure(
      context,
      { key: `details:${item.id}`, title: html`<span>Arithmetic</span>`, open: false, className: 'details' },
      html`<p>${statement(context, item.arithmetic)}</p>`,
    )}
    ${plans(context, item)}`);
}

function plans(context: Context, { id, proof }: Item): TemplateResult | typeof nothing {
  if (proof === undefined) return nothing;
  const title = html`<span>Plans of ${clean(new Date(proof.startedAt).toLocaleDateString())}</span>`;
  return disclosure(context, { key: `proof:${id}`, title, open: false, className: 'details' }, proofView(context, proof, `proof:${id}`));
}

function card(context: Context, item: Item & Partial<Pick<Recommendation, 'priority' | 'validatedBy'>>, content: TemplateResult): TemplateResult {
  const [first] = item.places;
  const titleId = `title-${item.id}`;
  const title = html`
    ${item.proposal === undefined
      ? link(context, item.title, { type: 'openRule', rule: item.rule }, 'About this rule')
      : html`<span>${item.title}</span>`}
    <span class="marks">
      ${item.proposal === undefined ? nothing : html`<span class="mark proposal">proposal</span>`}
      <span class="mark ${item.evidence}">${item.evidence}</span>
    </span>`;
  // Recommendations stand under the heading of their priority, deferred items right under their section's.
  const heading = item.priority === undefined ? html`<h3 id=${titleId}>${title}</h3>` : html`<h4 id=${titleId}>${title}</h4>`;
  return html`
    <article class="card ${item.priority ?? 'deferred'}" data-item=${item.id} tabindex="-1" aria-labelledby=${titleId}>
      ${heading}
      <p class="message">${statement(context, first!.message)}</p>
      ${item.proposal === undefined ? nothing : html`<p class="muted">Proposed ${proposalText(item.proposal)}.</p>`}
      ${item.places.length === 1 ? singlePlace(first!) : placeList(context, item)}
      ${placesLeftOut(context, item)}
      ${content}
      ${actions(context, item)}
    </article>`;
}

function singlePlace(place: Place): TemplateResult {
  return html`<p class="where">${placeName(place, place.file)}</p>`;
}

/** The figures of the card are those of all its places. */
function placesLeftOut({ selection }: Context, { id, places }: Item): TemplateResult | typeof nothing {
  const all = selection.placesOf.get(id);
  return all === undefined ? nothing : html`<p class="muted">${places.length.toLocaleString('en')} of ${all.toLocaleString('en')} places match the filter. The figures are those of all.</p>`;
}

function placeList(context: Context, { id, places }: Item): TemplateResult {
  const list = { key: `places:${id}`, size: 20 };
  return html`<ul class="places" aria-label="${places.length} places">
    ${repeat(page(context, list, places), place => place.findingId, place => html`
      <li>
        <div class="place">
          ${link(context, placeName(place, baseName(place.file)), { type: 'goTo', file: place.file, range: place.range }, place.file)}
          <span class="place-actions">
            ${place.fixes.length === 0
              ? nothing
              : link(context, 'Apply fix', { type: 'applyFix', findingId: place.findingId }, place.fixes[0])}
            ${context.dismissing === place.findingId
              ? nothing
              : dismissButton(context, place.findingId)}
          </span>
        </div>
        ${context.dismissing === place.findingId ? dismissForm(context, place.findingId) : nothing}
      </li>`)}
  </ul>${more(context, list, places)}`;
}

const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

function placeName({ functionName, range }: Place, path: string): TemplateResult {
  const position = `${nameText(path)}:${range.start.line + 1}`;
  return functionName === ''
    ? html`<bdi class="path">${position}</bdi>`
    : html`<bdi class="function">${nameText(functionName)}</bdi> <bdi class="path">${position}</bdi>`;
}

function actions(context: Context, item: Item & Partial<Pick<Recommendation, 'validatedBy'>>): TemplateResult {
  const [place, ...others] = item.places;
  const { findingId, file, range, functionName, fixes } = place!;
  const isSingle = others.length === 0;
  const canProfile = context.state.trusted && functionName !== '' && !file.endsWith('.sql');
  return html`
    ${isRunningFor(context, item) ? runningHere(context) : nothing}
    <div class="actions">
      ${isSingle ? button(context, 'Go to code', { type: 'goTo', file, range }) : nothing}
      ${isSingle && fixes.length > 0
        ? button(context, 'Apply fix', { type: 'applyFix', findingId }, { title: fixes[0] })
        : nothing}
      ${canProfile
        ? button(context, 'Profile', { type: 'profile', file, functionName }, { title: `Profile ${nameText(functionName)}` })
        : nothing}
      ${canProfile && item.validatedBy !== undefined ? validation(context, item.validatedBy, place!) : nothing}
      ${context.state.trusted && item.canProve
        ? button(context, item.proof === undefined ? 'Prove' : 'Prove again', { type: 'prove', findingId: item.id }, { title: 'Try it on made-up rows in a throw-away database' })
        : nothing}
      ${isSingle && context.dismissing !== findingId
        ? dismissButton(context, findingId)
        : nothing}
      ${chartsOfItem(context, item)}
      ${context.state.hasAdvisor ? link(context, 'Explain', { type: 'explain', itemId: item.id }, 'Ask the performance engineer about this') : nothing}
      ${link(context, 'Copy', { type: 'copyMarkdown', itemId: item.id }, 'Copy as Markdown')}
      ${link(context, 'Copy as Issue', { type: 'copyIssue', itemId: item.id }, 'Copy as the text of an issue, in Markdown')}
    </div>
    ${isSingle && context.dismissing === findingId ? dismissForm(context, findingId) : nothing}`;
}

/** A proof has its own button, where a planner can be asked. */
const VALIDATIONS: Readonly<Record<Exclude<Validation, 'explain'>, string>> = {
  'query count': 'Count queries', benchmark: 'Run benchmark', heap: 'Measure memory', load: 'Run benchmark',
};

function validation(context: Context, how: Validation, { findingId, file, functionName }: Place): TemplateResult | typeof nothing {
  if (how === 'explain') return nothing;
  const title = 'What tells before and after whether the change was worth it';
  return button(context, VALIDATIONS[how], { type: 'validate', how, findingId, file, functionName }, { title });
}

function dismissButton(context: Context, findingId: string): TemplateResult {
  return html`<button class="link" data-dismiss=${findingId}
    @click=${() => context.startDismissing(findingId)}>Dismiss…</button>`;
}

function field(label: string, value: TemplateResult): TemplateResult {
  return html`<div class="field"><dt>${label}</dt><dd>${value}</dd></div>`;
}
