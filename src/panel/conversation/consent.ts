import { html, nothing, type TemplateResult } from 'lit';
import type { ConsentView } from '../../advisor/view';
import type { Context } from './context';
import { button } from './parts';

/** What leaves the machine, and what never does. Nothing is sent before the user agrees. */
export function consent(context: Context, view: ConsentView): TemplateResult {
  const agree = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).querySelector('textarea')!;
    context.post({ type: 'agree', exclude: field.value.split('\n').map(line => line.trim()).filter(line => line !== '') });
  };
  return html`<form class="consent" aria-labelledby="consent-title" @submit=${agree}>
    <h2 id="consent-title" tabindex="-1">What is sent to ${view.recipient}</h2>
    <p>${view.isGiven ? 'You have agreed to this for this workspace.' : 'Nothing has been sent.'}
      To answer, <strong>${view.model}</strong> at <strong>${view.recipient}</strong> gets:</p>
    <ul>
      <li>your question, and the code it is about;</li>
      <li>findings of this workspace (${view.findings} now) and its measurements (${view.runs} now);</li>
      <li>files that the model asks for, out of ${view.files}, and its schema and call graph;</li>
      <li>the output of commands, each of which you allow first.</li>
    </ul>
    <p>Never: what git ignores, <code>.env</code> and other files that hold secrets, files outside of this folder, and what you exclude here.
      Keys and passwords that stand in other files are removed where they are recognised.</p>
    <details><summary>The files that can be read</summary>
      <ul class="files">${view.sample.map(file => html`<li><bdi class="path">${file}</bdi></li>`)}</ul>
      ${view.files > view.sample.length ? html`<p class="muted">and ${view.files - view.sample.length} more</p>` : nothing}
    </details>
    <details><summary>The first message, as it would be sent</summary><pre class="preview" tabindex="0" aria-label="The first message">${view.preview}</pre></details>
    <label for="exclude">Never read these files (globs, one a line)</label>
    <textarea id="exclude" rows="3" spellcheck="false" placeholder="internal/**" .value=${view.exclude.join('\n')}></textarea>
    ${view.allowed.length === 0 ? nothing : html`
      <details><summary>Commands that run without being asked for (${view.allowed.length})</summary>
        <ul>${view.allowed.map(command => html`<li><code>${command}</code></li>`)}</ul>
        ${button(context, 'Ask again for each', { type: 'forgetAllowed' })}
      </details>`}
    <div class="actions">
      <vscode-button type="submit">${view.isGiven ? 'Keep' : 'Agree for this workspace'}</vscode-button>
      ${button(context, view.isGiven ? 'Take back' : 'Do not send', { type: 'disagree' })}
    </div>
  </form>`;
}
