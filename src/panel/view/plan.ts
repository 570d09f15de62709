/** One plan as a tree of disclosures: the keyboard opens and closes them, and a screen reader says how deep it is. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatDuration } from '../../core/format';
import type { PlanNode } from '../../core/proof';
import { clean } from '../../report/statement';

/** From this factor on an estimate is so wrong that the planner may have chosen badly. */
const MISJUDGED = 10;

/** What of one plan is not in the other, and how long the whole took. */
interface PlanContext {
  readonly isChanged: (node: PlanNode) => boolean;
  readonly changedWord: 'new' | 'gone';
  readonly wholeMs: number | undefined;
}

/** `other` is the plan it is compared with, of which `changedWord` says what a node that is not in it is. */
export function planTree(plan: PlanNode, other: PlanNode | undefined, changedWord: PlanContext['changedWord']): TemplateResult {
  const known = new Set(other === undefined ? [] : signatures(other));
  const context: PlanContext = { isChanged: (node) => other !== undefined && !known.has(signature(node)), changedWord, wholeMs: plan.totalMs };
  return html`<ul class="plan">${planItem(plan, context)}</ul>`;
}

function planItem(node: PlanNode, context: PlanContext): TemplateResult {
  const head = html`${nodeHead(node, context)}`;
  return html`<li>
    ${node.children.length === 0
      ? html`<div class="node">${head}</div>`
      : html`<details open class="node"><summary>${head}</summary>
          <ul>${node.children.map((child) => planItem(child, context))}</ul>
        </details>`}
  </li>`;
}

function nodeHead(node: PlanNode, { isChanged, changedWord, wholeMs }: PlanContext): TemplateResult {
  const own = ownMs(node);
  const share = own === undefined || wholeMs === undefined || wholeMs === 0 ? undefined : Math.min(1, own / wholeMs);
  return html`<span class="node-text">
    <span class="operation">${clean(node.operation)}</span>
    ${node.relation === undefined ? nothing : html`<span class="relation">${clean(node.relation)}</span>`}
    ${node.index === undefined ? nothing : html`<span class="relation">by ${clean(node.index)}</span>`}
    ${isChanged(node) ? html`<span class="mark change">${changedWord}</span>` : nothing}
    <span class="figures">${figures(node, own)}</span>
    ${node.detail === undefined ? nothing : html`<code class="detail">${clean(node.detail, 300)}</code>`}
    ${share === undefined ? nothing : html`<meter min="0" max="1" .value=${share} aria-hidden="true"></meter>`}
  </span>`;
}

function figures(node: PlanNode, own: number | undefined): string {
  const { rows, estimatedRows, loops, removedRows, pages } = node;
  const isPlannedOnly = rows === undefined && estimatedRows !== undefined;
  return [
    ...(own === undefined ? [] : [`${formatDuration(own)} itself`]),
    ...(rows === undefined ? [] : [`${counted(rows, 'row')}${estimateWords(rows, estimatedRows)}`]),
    ...(isPlannedOnly ? [`${counted(estimatedRows, 'row')} expected`] : []),
    ...(loops === undefined || loops === 1 ? [] : [`${formatCount(loops)} times`]),
    ...(removedRows === undefined ? [] : [`${counted(removedRows, 'row')} thrown away`]),
    ...(pages === undefined ? [] : [counted(pages, 'page')]),
  ].join(', ').replace(/(\d) (?=\S)/g, '$1\u00a0');
}

function estimateWords(rows: number, estimated: number | undefined): string {
  if (estimated === undefined) return '';
  const factor = Math.max(rows, 1) / Math.max(estimated, 1);
  const error = factor >= MISJUDGED ? `, ${formatCount(factor)} times too few` : factor <= 1 / MISJUDGED ? `, ${formatCount(1 / factor)} times too many` : '';
  return ` (${formatCount(estimated)} expected${error})`;
}

const counted = (value: number, noun: string): string => `${formatCount(value)} ${value === 1 ? noun : `${noun}s`}`;

/** The time of a node without that of the nodes below it. */
function ownMs({ totalMs, children }: PlanNode): number | undefined {
  return totalMs === undefined ? undefined : Math.max(0, totalMs - children.reduce((sum, child) => sum + (child.totalMs ?? 0), 0));
}

const signature = ({ operation, relation, index }: PlanNode): string => `${operation}|${relation ?? ''}|${index ?? ''}`;

function signatures(node: PlanNode): string[] {
  return [signature(node), ...node.children.flatMap(signatures)];
}
