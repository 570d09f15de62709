import { html, nothing, type TemplateResult } from 'lit';
import type { Entry } from '../../advisor/view';
import { clean } from '../../report/statement';
import type { Context } from './context';
import { button } from './parts';

const STATES = { once: 'Allowed once.', always: 'Always allowed, exactly as it stands here.', denied: 'Not allowed.' } as const;

/** Asks whether exactly this may run. The command stands as it would run; the model's reason is marked as its own. */
export function approval(context: Context, { id, tool, command, cwd, reason, state }: Extract<Entry, { readonly kind: 'approval' }>): TemplateResult {
  const title = `approval-${id}`;
  return html`<div class="approval ${state}" role="group" aria-labelledby=${title}>
    <p id=${title}><strong>${state === 'open' ? 'May this run in your terminal?' : 'Command'}</strong>
      ${state === 'open' ? nothing : html`<span class="muted">${STATES[state]}</span>`}</p>
    <pre class="command" tabindex="0" aria-label="Command">${command}</pre>
    <p class="muted">In ${cwd === '' ? 'the workspace folder' : html`<bdi class="path">${cwd}</bdi>`}, with your data and your rights.</p>
    ${reason === '' ? nothing : html`<p class="muted">The model says why: <q>${clean(reason, 300)}</q></p>`}
    ${state === 'open'
      ? html`<div class="actions">
          ${button(context, 'Run once', { type: 'decide', approval: id, decision: 'once' }, { primary: true })}
          ${tool === 'Bash' ? button(context, 'Always allow this exact command', { type: 'decide', approval: id, decision: 'always' }) : nothing}
          ${button(context, 'Do not run', { type: 'decide', approval: id, decision: 'no' })}
        </div>`
      : nothing}
  </div>`;
}
