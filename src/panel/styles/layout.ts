import { css } from 'lit';

/** The page from top to bottom: notices, the summary line, and sections that look like VS Code's own panes. */
export const layout = css`
  main {
    max-width: 900px;
    padding-bottom: 24px;
  }

  header {
    display: grid;
    padding: 6px 12px 4px;
  }

  .made {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 12px;
    color: var(--muted);
    font-size: 12px;
  }

  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    font-size: 12px;
  }

  .count {
    display: flex;
    min-height: 24px;
    align-items: center;
    gap: 5px;
    border-radius: 2px;
    white-space: nowrap;
  }

  button.count:hover {
    text-decoration: underline;
  }

  .count.none {
    color: var(--muted);
  }

  details.section > summary {
    min-height: 24px;
    padding: 0 8px 0 4px;
    border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-sideBarSectionHeader-border, #8080804d));
    background: var(--vscode-sideBarSectionHeader-background, transparent);
    color: var(--vscode-sideBarSectionHeader-foreground, inherit);
  }

  details.section > summary:focus-visible {
    outline-offset: -1px;
  }

  details.section > summary h2 {
    flex: 1;
    font-size: 11px;
    font-weight: 700;
  }

  .section-body {
    padding: 4px 12px 16px;
  }

  .analysis {
    display: grid;
    gap: 10px;
    padding-top: 4px;
  }

  .question dt {
    margin-bottom: 2px;
    font-weight: 600;
  }

  .question dd {
    display: grid;
    justify-items: start;
    gap: 4px;
  }

  @media (min-width: 520px) {
    .question {
      display: grid;
      grid-template-columns: 12em 1fr;
      gap: 12px;
    }
  }

  .priority + .priority {
    margin-top: 16px;
  }

  .priority h3 {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 6px 0;
    font-weight: 600;
  }

  .notes {
    display: grid;
    gap: 10px;
    padding-top: 4px;
  }

  .changed li {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
  }

  .changed .link {
    min-height: 24px;
  }

  .notice, .problem {
    display: grid;
    justify-items: start;
    gap: 8px;
    margin: 10px 12px;
    padding: 8px 10px 10px;
    border: 1px solid var(--line);
    border-radius: 4px;
  }

  .problem {
    border-color: var(--vscode-inputValidation-errorBorder, #be1100);
    background: var(--vscode-inputValidation-errorBackground, transparent);
    color: var(--vscode-inputValidation-errorForeground, inherit);
  }

  .guide {
    display: grid;
    justify-items: start;
    gap: 10px;
    padding: 12px;
  }

  .guide vscode-progress-bar {
    width: 100%;
  }

  .guide-title {
    font-size: 1.1em;
    font-weight: 600;
  }

  .progress {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--behind);
    color: var(--muted);
  }

  .running-line {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin: 0;
    font-size: 0.92em;
  }

  .progress .running-line {
    padding: 4px 12px;
  }

  .running {
    padding: 6px 0;
    color: var(--muted);
  }
`;
