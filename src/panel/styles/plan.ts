import { css } from 'lit';

/** A query's plan: a tree that is read from the top, with the time beside each step. */
export const plan = css`
  pre {
    margin: 0;
  }

  .subtitle {
    font-weight: 600;
  }

  .proof, .candidate {
    display: grid;
    gap: 6px;
    min-width: 0;
  }

  .candidate {
    padding-top: 8px;
    border-top: 1px solid var(--line);
  }

  .sql, .snippet {
    max-height: 12em;
    padding: 6px 8px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: 3px;
    background: var(--vscode-editor-background, transparent);
    color: var(--vscode-editor-foreground, inherit);
    white-space: pre-wrap;
  }

  .mark.outcome, .mark.change {
    border-color: currentColor;
    background: none;
    color: var(--vscode-foreground, #cccccc);
  }

  .mark.outcome.refuted, .mark.outcome.failed {
    border-style: dashed;
  }

  .plans {
    display: grid;
    gap: 8px;
  }

  @media (min-width: 620px) {
    .plans {
      grid-template-columns: 1fr 1fr;
    }
  }

  .plans > div {
    min-width: 0;
  }

  .plan ul {
    padding-inline-start: 10px;
    border-inline-start: 1px solid var(--line);
  }

  .plan li {
    padding: 2px 0;
  }

  .plan summary {
    display: list-item;
    min-height: 24px;
    padding-inline-start: 2px;
    list-style: disclosure-closed inside;
  }

  .plan details[open] > summary {
    list-style-type: disclosure-open;
  }

  .plan .operation {
    font-weight: 600;
  }

  .plan .figures, .plan .detail {
    display: block;
    color: var(--muted);
  }

  .plan meter {
    display: block;
    width: 100%;
    height: 4px;
    margin: 1px 0 4px;
    border: 0;
    background: none;
  }

  .plan meter::-webkit-meter-bar {
    height: 4px;
    border: 0;
    border-radius: 2px;
    background: color-mix(in srgb, currentColor 12%, transparent);
  }

  .plan meter::-webkit-meter-optimum-value {
    border-radius: 2px;
    background: var(--medium);
  }

  .explained {
    display: grid;
    gap: 8px;
    padding: 8px 12px;
    border-bottom: 1px solid var(--line);
  }

  .explained h2 {
    font-weight: 600;
  }
`;
