import { css } from 'lit';

/** The list of runs, the lines of benchmarks, and what stands around a chart. */
export const runs = css`
  .runs, .histories {
    display: grid;
    gap: 10px;
  }

  .run, .histories > li {
    display: grid;
    gap: 2px;
    min-width: 0;
  }

  .run + .run {
    padding-top: 10px;
    border-top: 1px solid var(--line);
  }

  .run .actions, .chart .actions {
    gap: 6px;
    padding-top: 4px;
  }

  /* They fill more than one row of a side bar, and rows begin at one edge. */
  :is(.run, .chart) .actions vscode-button + vscode-button {
    margin-inline-start: 0;
  }

  .notes h3, .distribution h3 {
    font-weight: 600;
  }

  .distribution {
    display: grid;
    gap: 6px;
    min-width: 0;
  }

  performance-sparkline {
    display: block;
    max-width: 420px;
  }

  .table {
    overflow-x: auto;
  }

  .table:focus-visible {
    outline: 1px solid var(--focus);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  th, td {
    padding: 3px 8px 3px 0;
    border-bottom: 1px solid var(--line);
    font-weight: normal;
    text-align: end;
    white-space: nowrap;
  }

  /* A name is broken where it has to be, and never letter by letter: the table scrolls instead. */
  th:first-child {
    min-width: 5em;
    text-align: start;
    white-space: normal;
  }

  thead th {
    color: var(--muted);
  }

  td:last-child, th:last-child {
    padding-right: 0;
  }

  tbody .link {
    min-height: 24px;
  }

  .chart h2:focus-visible {
    outline: 1px solid var(--focus);
  }
`;
