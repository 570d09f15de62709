import { css } from 'lit';

/** A calm column: questions to one side, steps small, the answer in full. Colours are the theme's alone. */
export const conversation = css`
  .conversation {
    display: grid;
    gap: 10px;
    padding: 0 12px 16px;
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 12px;
    padding: 6px 0 0;
    font-size: 12px;
  }

  .top .link, .about .link, .citations .link {
    min-height: 24px;
  }

  .entries {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .entry[data-kind='question'] {
    display: grid;
    justify-items: end;
    margin-top: 6px;
  }

  .asked {
    padding: 6px 10px;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: var(--vscode-input-background, transparent);
    color: var(--vscode-input-foreground, inherit);
    white-space: pre-wrap;
  }

  .step {
    display: flex;
    gap: 6px;
    color: var(--muted);
    font-size: 12px;
  }

  .step .sign {
    flex: none;
    width: 8px;
    height: 8px;
    margin-top: 5px;
    border: 1px solid var(--muted);
    border-radius: 50%;
  }

  .step.done .sign { background: var(--muted); }
  .step.failed .sign, .step.denied .sign { border-color: var(--high); }

  .claims {
    display: grid;
    gap: 12px;
  }

  .claims h3 {
    margin-bottom: 2px;
    font-weight: 600;
  }

  .claims section > ul {
    display: grid;
    gap: 8px;
  }

  del {
    color: var(--muted);
  }

  .reason {
    color: var(--muted);
    font-size: 12px;
  }

  .objection {
    padding-inline-start: 8px;
    border-inline-start: 2px solid var(--high);
    font-size: 12px;
  }

  .citations {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    color: var(--muted);
    font-size: 12px;
  }

  .citations .id {
    font-weight: 600;
  }

  .approval {
    display: grid;
    gap: 6px;
    padding: 8px 10px 10px;
    border: 1px solid var(--line);
    border-inline-start: 3px solid var(--line);
    border-radius: 4px;
  }

  .approval.open {
    border-inline-start-color: var(--high);
  }

  pre {
    margin: 0;
    padding: 6px 8px;
    border: 1px solid var(--line);
    border-radius: 3px;
    background: var(--vscode-textCodeBlock-background, transparent);
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.92em;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  pre:focus-visible, textarea:focus-visible, h2:focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: -1px;
  }

  .preview, .files {
    max-height: 320px;
    overflow: auto;
  }

  .problem {
    margin: 0;
  }

  .spent, .estimate {
    font-size: 12px;
  }

  .consent {
    display: grid;
    gap: 8px;
    padding: 10px;
    border: 1px solid var(--line);
    border-radius: 4px;
  }

  .consent h2 {
    font-size: 1.1em;
    font-weight: 600;
  }

  .consent ul {
    display: grid;
    gap: 2px;
    padding-inline-start: 16px;
    list-style: disc;
  }

  .consent summary {
    min-height: 24px;
    color: var(--vscode-textLink-foreground, #4daafc);
  }

  .composer {
    position: sticky;
    bottom: 0;
    display: grid;
    gap: 6px;
    padding: 8px 0;
    background: var(--vscode-sideBar-background, #181818);
  }

  .about {
    font-size: 12px;
  }

  textarea {
    width: 100%;
    padding: 4px 6px;
    border: 1px solid var(--vscode-input-border, var(--line));
    border-radius: 2px;
    background: var(--vscode-input-background, transparent);
    color: var(--vscode-input-foreground, inherit);
    font: inherit;
    resize: vertical;
  }

  textarea::placeholder {
    color: var(--vscode-input-placeholderForeground, #989898);
  }

  .guide {
    padding-inline: 0;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
  }
`;
