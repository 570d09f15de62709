import { html, nothing, type TemplateResult } from 'lit';
import type { Context } from './context';

const QUESTION = 'Why is this right as it is?';

/** Asks for the reason where the finding stands: a webview has no prompt(), and a reason is for the next reader. */
export function dismissForm(context: Context, findingId: string): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).querySelector('vscode-textfield')!;
    context.dismiss(findingId, field.value.trim());
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') context.stopDismissing();
    // The components have acted on this key already, and the form may be gone: without this, the same
    // stroke would go on to the button that the focus has returned to, and open the form again.
    if (event.key === 'Enter') event.preventDefault();
  };
  return html`
    <form class="dismiss" aria-label="Dismiss this finding" @submit=${submit} @keydown=${onKey}>
      <span class="label" aria-hidden="true">${QUESTION}</span>
      <vscode-textfield
        .label=${QUESTION} placeholder="The list has at most 20 entries"
        maxlength="300"></vscode-textfield>
      ${context.reasonMissing
        ? html`<p class="invalid" role="alert">Give a reason: it becomes a comment beside the code.</p>`
        : nothing}
      <div class="actions">
        <vscode-button type="submit">Dismiss</vscode-button>
        <vscode-button secondary @click=${() => context.stopDismissing()}>Cancel</vscode-button>
      </div>
    </form>`;
}
