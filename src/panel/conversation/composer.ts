import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { clean } from '../../report/statement';
import type { Context } from './context';
import { button, link } from './parts';

const PLACEHOLDER = 'Why is this slow? Or paste a slow-query log, or a complaint.';

/** Where the question is written: Enter sends it, Shift+Enter begins a line. */
export function composer(context: Context): TemplateResult {
  const { view, question } = context;
  const isWorking = view.state === 'working';
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    context.send();
  };
  return html`<form class="composer" aria-label="Ask" @submit=${(event: SubmitEvent) => { event.preventDefault(); context.send(); }}>
    <p class="about"><span class="muted">About</span> <bdi>${clean(view.subject.label)}</bdi>
      ${view.subject.kind === 'workspace' ? nothing : link(context, 'Ask about the whole workspace', { type: 'wholeWorkspace' })}</p>
    <label class="visually-hidden" for="question">Question</label>
    <textarea id="question" rows="3" placeholder=${PLACEHOLDER} aria-describedby="estimate"
      .value=${live(question)}
      @input=${(event: InputEvent) => context.write((event.currentTarget as HTMLTextAreaElement).value)} @keydown=${onKey}></textarea>
    <div class="actions">
      ${isWorking
        ? button(context, 'Stop', { type: 'stop' }, { primary: true })
        : html`<vscode-button type="submit" ?disabled=${question.trim() === ''}>Ask</vscode-button>`}
      <span id="estimate" class="muted estimate">${view.estimate}</span>
    </div>
  </form>`;
}
