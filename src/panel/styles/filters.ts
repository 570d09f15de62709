import { css } from 'lit';

/** The search above the findings, the fields that narrow it, and the buttons that continue a long list. */
export const filters = css`
  .filters {
    display: grid;
    gap: 6px;
    padding: 4px 12px 8px;
  }

  .search-line {
    display: flex;
    align-items: center;
    gap: 10px;
  }

  .search-line .link, .matching .link, .more {
    min-height: 24px;
    flex: none;
  }

  .search {
    flex: 1;
    width: auto;
    min-width: 0;
  }

  .conditions {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
    gap: 6px 10px;
  }

  .conditions[hidden] {
    display: none;
  }

  .conditions label {
    display: grid;
    gap: 2px;
    color: var(--muted);
    font-size: 11px;
  }

  .conditions vscode-textfield {
    width: 100%;
  }

  select {
    width: 100%;
    height: 26px;
    padding: 0 4px;
    border: 1px solid var(--vscode-input-border, var(--line));
    border-radius: 2px;
    background: var(--vscode-input-background, transparent);
    color: var(--vscode-input-foreground, inherit);
    font: inherit;
    font-size: 13px;
  }

  select:focus-visible {
    border-color: var(--focus);
    outline: 1px solid var(--focus);
    outline-offset: -1px;
  }

  .matching {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 12px;
    color: var(--muted);
    font-size: 12px;
  }

  .more {
    margin-top: 8px;
    color: var(--vscode-textLink-foreground, #4daafc);
  }
`;
