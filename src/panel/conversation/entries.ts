import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CheckedClaim, Citation, ClaimTopic, Entry, StepState } from '../../advisor/view';
import { clean } from '../../report/statement';
import { approval } from './approval';
import type { Context } from './context';
import { button, link, pieces } from './parts';

export function entries(context: Context): TemplateResult {
  return html`<ol class="entries" aria-label="Conversation">
    ${repeat(context.view.entries, ({ id }) => id, each => html`<li class="entry" data-kind=${each.kind} data-entry=${each.id}>${entry(context, each)}</li>`)}
  </ol>`;
}

function entry(context: Context, each: Entry): TemplateResult {
  switch (each.kind) {
    case 'question':
      return html`<h2 class="visually-hidden">You asked</h2><p class="asked">${each.text}</p>
        ${each.subject.kind === 'workspace' ? nothing : html`<p class="muted about">About ${clean(each.subject.label)}</p>`}`;
    case 'step':
      return step(each);
    case 'note':
      return html`<p class="muted">${pieces(context, each.pieces)}</p>`;
    case 'approval':
      return approval(context, each);
    case 'answer':
      return answer(context, each);
    case 'unformed':
      return html`<p class="objection">${each.problem}</p><p>${pieces(context, each.pieces)}</p>`;
    case 'problem':
      return problem(context, each);
    case 'spent':
      return html`<p class="muted spent">${each.text}</p>`;
  }
}

const STEP_WORDS: Readonly<Record<StepState, string>> = { running: 'running', done: 'done', failed: 'not possible', denied: 'not allowed' };

function step({ label, state, detail }: Extract<Entry, { readonly kind: 'step' }>): TemplateResult {
  return html`<p class="step ${state}">
    <span class="sign" aria-hidden="true"></span>
    <span><bdi>${clean(label)}</bdi>${detail === undefined ? nothing : html`: ${clean(detail)}`}
      <span class="visually-hidden">${STEP_WORDS[state]}</span></span>
  </p>`;
}

const TOPIC_TITLES: Readonly<Record<ClaimTopic, string>> = {
  requirements: 'Requirements',
  'current performance': 'Current performance',
  bottleneck: 'Bottleneck',
  recommendation: 'Recommendations',
  'trade-off': 'Trade-offs',
  conflict: 'Conflicts',
  'leave alone': 'Leave alone',
  'next measurement': 'Next measurement',
  question: 'Questions to you',
};

function answer(context: Context, { claims, isFinal, notice }: Extract<Entry, { readonly kind: 'answer' }>): TemplateResult {
  const topics = [...new Set(claims.map(({ topic }) => topic))];
  return html`<h2 class="visually-hidden">Answer</h2>
    <div class="claims" aria-busy=${!isFinal}>
      ${topics.map(topic => html`<section aria-label=${TOPIC_TITLES[topic]}>
        <h3>${TOPIC_TITLES[topic]}</h3>
        <ul>${claims.filter(claim => claim.topic === topic).map(claim => html`<li>${oneClaim(context, claim)}</li>`)}</ul>
      </section>`)}
      ${notice === undefined ? nothing : html`<p class="objection">${notice}</p>`}
    </div>`;
}

function oneClaim(context: Context, { pieces: all, citations, objections }: CheckedClaim): TemplateResult {
  const struck = new Set(all.flatMap(piece => (piece.kind === 'struck' ? [`"${piece.text}": ${piece.reason}`] : [])));
  const others = objections.filter(objection => !struck.has(objection));
  return html`<p>${pieces(context, all)}</p>
    ${others.map(objection => html`<p class="objection">${clean(objection)}</p>`)}
    ${citations.length === 0 ? nothing : html`<ul class="citations" aria-label="Rests on">${citations.map(each => html`<li>${citation(context, each)}</li>`)}</ul>`}`;
}

function citation(context: Context, { id, label, quality, runId, findingId }: Citation): TemplateResult {
  const text = html`<span class="id">${id}</span> ${clean(label, 160)}`;
  if (findingId !== undefined) return link(context, text, { type: 'showFinding', findingId }, 'Go to the finding');
  if (quality === 'measured' && runId !== undefined) return link(context, text, { type: 'openRun', runId }, 'Open the run');
  return html`<span>${text}</span>`;
}

function problem(context: Context, { code, message, canRetry }: Extract<Entry, { readonly kind: 'problem' }>): TemplateResult {
  return html`<div class="problem" data-code=${code}>
    <p>${clean(message)}</p>
    <div class="actions">
      ${canRetry && context.view.state === 'ready' ? button(context, 'Try again', { type: 'retry' }) : nothing}
      ${code.startsWith('advisor-key') ? button(context, 'Set API key', { type: 'setKey' }) : nothing}
      ${code === 'advisor-off' ? button(context, 'Choose who answers', { type: 'chooseProvider' }) : nothing}
    </div>
  </div>`;
}
