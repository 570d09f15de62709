import { css } from 'lit';

/** One recommendation or deferred item: calm until it is opened. */
export const cards = css`
  .card {
    display: grid;
    gap: 6px;
    margin-top: 8px;
    padding: 8px 10px 10px;
    border: 1px solid var(--line);
    border-inline-start: 3px solid var(--deferred);
    border-radius: 4px;
    /* Cards far down the page cost nothing until they are scrolled to. */
    content-visibility: auto;
    contain-intrinsic-size: auto 220px;
  }

  .card.high { border-inline-start-color: var(--high); }
  .card.medium { border-inline-start-color: var(--medium); }
  .card.low { border-inline-start-color: var(--low); }

  .card > :is(h3, h4) {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px;
    font-weight: 600;
  }

  .card > :is(h3, h4) .link {
    color: inherit;
    font-weight: 600;
  }

  .where, .path {
    color: var(--muted);
  }

  .where .function {
    color: var(--vscode-foreground, #cccccc);
  }

  .places {
    display: grid;
  }

  .place {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
  }

  .place-actions {
    display: flex;
    gap: 12px;
  }

  .card dl {
    display: grid;
    gap: 6px;
  }

  .field dt {
    color: var(--muted);
    font-size: 11px;
  }

  /* In a wide view the labels stand beside their fields. */
  @media (min-width: 520px) {
    .field {
      display: grid;
      grid-template-columns: 9em 1fr;
      gap: 12px;
      align-items: baseline;
    }
  }

  .details > summary {
    min-height: 24px;
    margin-inline-start: -4px;
    color: var(--muted);
  }

  .details > dl, .details > p {
    padding: 2px 0 4px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    margin-top: 2px;
  }

  .actions vscode-button + vscode-button {
    margin-inline-start: -4px;
  }

  .trend {
    display: grid;
    gap: 6px;
    margin: 6px 0 0;
    padding: 0;
    list-style: none;
  }

  .trend li {
    display: grid;
    grid-template-columns: 64px 1fr;
    gap: 10px;
    align-items: center;
  }

  .met {
    width: 100%;
    height: 8px;
    fill: var(--focus);
    outline: 1px solid var(--vscode-contrastBorder, transparent);
  }

  .met .missed {
    fill: var(--line);
  }

  .dismiss {
    display: grid;
    gap: 6px;
    margin-top: 4px;
  }

  .dismiss vscode-textfield {
    width: 100%;
  }

  .invalid {
    color: var(--vscode-errorForeground, #f85149);
  }
`;
