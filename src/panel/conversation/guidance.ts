import { html, type TemplateResult } from 'lit';
import type { Context } from './context';
import { button } from './parts';

/** What is shown where no question can be asked yet: each names the next step and offers it. */
export function guidance(context: Context): TemplateResult | undefined {
  switch (context.view.state) {
    case 'no-folder':
      return guide('No folder is open', html`<p>The performance engineer answers about a folder: its code and its measurements.</p>
        ${button(context, 'Open Folder', { type: 'openFolder' }, { primary: true })}`);
    case 'off':
      return guide('The performance engineer is off', html`<p>A language model can investigate this workspace with the facts that are here: findings, measurements,
        schema, call graph. Its numbers are checked against them one by one. Everything else works without it, and nothing is sent before you agree.</p>
        ${button(context, 'Choose who answers', { type: 'chooseProvider' }, { primary: true })}`);
    case 'no-key':
      return guide('An API key is needed', html`<p>It is kept in the secret store of VS Code and nowhere else.</p>
        ${button(context, 'Set API key', { type: 'setKey' }, { primary: true })}
        ${button(context, 'Choose who answers', { type: 'chooseProvider' })}`);
    case 'consent':
    case 'ready':
    case 'working':
      return undefined;
  }
}

function guide(title: string, content: TemplateResult): TemplateResult {
  return html`<div class="guide"><h2 class="guide-title">${title}</h2>${content}</div>`;
}
