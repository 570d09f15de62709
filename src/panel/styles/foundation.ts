import { css } from 'lit';

/** Type, colour and the small inline parts. Colours are the theme's alone; a fallback is what the dark default has. */
export const foundation = css`
  :host {
    display: block;
    color: var(--vscode-foreground, #cccccc);
    font-family: var(--vscode-font-family, sans-serif);
    font-size: var(--vscode-font-size, 13px);
    line-height: 1.45;
    overflow-wrap: anywhere;
    --muted: var(--vscode-descriptionForeground, #9d9d9d);
    --line: var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border, #8080804d)));
    --focus: var(--vscode-focusBorder, #0078d4);
    --high: var(--vscode-editorWarning-foreground, #cca700);
    --medium: var(--vscode-editorInfo-foreground, #3794ff);
    --low: var(--muted);
    --deferred: var(--line);
    --behind: var(--vscode-sideBar-background, #181818);
  }

  :host([surface='editor']) {
    --behind: var(--vscode-editor-background, #1f1f1f);
  }

  * {
    box-sizing: border-box;
  }

  h1, h2, h3, h4, p, ul, dl, dd {
    margin: 0;
    padding: 0;
    font-size: inherit;
  }

  ul {
    list-style: none;
  }

  code, .path {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.92em;
  }

  /* Buttons as small as a sidebar asks for. Secondary ones take no colour of the primary's border. */
  vscode-button::part(base) {
    padding-inline: 9px;
    line-height: 20px;
  }

  vscode-button[secondary] {
    --vscode-button-border: var(--vscode-button-secondaryBorder, var(--line));
  }

  :host-context(.vscode-high-contrast) vscode-button[secondary] {
    --vscode-button-secondaryBackground: transparent;
    --vscode-button-secondaryHoverBackground: transparent;
    --vscode-button-secondaryForeground: var(--vscode-foreground, #ffffff);
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .muted, .nothing, .open {
    color: var(--muted);
  }

  button {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  button:focus-visible, summary:focus-visible, h3:focus-visible, .card:focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: 1px;
  }

  .link {
    color: var(--vscode-textLink-foreground, #4daafc);
    border-radius: 2px;
  }

  /* Outside running text a finger needs 24 pixels. */
  :is(.actions, .place, .made, .notes) .link, .question dd > .link {
    min-height: 24px;
  }

  .link:hover {
    color: var(--vscode-textLink-activeForeground, #4daafc);
    text-decoration: underline;
  }

  /* Where a figure comes from. Only a measured one leads somewhere: to its run. */
  .mark {
    display: inline-block;
    padding: 0 4px;
    border: 1px solid transparent;
    border-radius: 3px;
    background: color-mix(in srgb, currentColor 10%, transparent);
    color: var(--muted);
    font-size: 10px;
    font-weight: 400;
    line-height: 13px;
    vertical-align: 1px;
    white-space: nowrap;
  }

  .mark.measured {
    color: var(--vscode-textLink-foreground, #4daafc);
  }

  button.mark:hover {
    text-decoration: underline;
  }

  :host-context(.vscode-high-contrast) .mark {
    border-color: currentColor;
    background: none;
  }

  :host-context(.vscode-high-contrast) .mark:not(.measured, .declared) {
    border-style: dashed;
  }

  /* The numbers carry the sentence, so its words stand back a little. */
  .statement {
    color: color-mix(in srgb, var(--vscode-foreground, #cccccc) 88%, transparent);
  }

  .number {
    color: var(--vscode-foreground, #cccccc);
    font-variant-numeric: tabular-nums;
  }

  /* Short words only: a long one may still be broken. */
  .together {
    display: inline-block;
    max-width: 100%;
  }

  :host-context(.vscode-high-contrast) .statement {
    color: inherit;
  }

  .dot {
    display: inline-block;
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--muted);
  }

  .dot.high { background: var(--high); }
  .dot.medium { background: var(--medium); }
  .dot.low { background: var(--low); }
  .dot.deferred { background: none; border: 1px solid var(--muted); }

  .chevron {
    flex: none;
    color: var(--vscode-icon-foreground, #cccccc);
    transition: transform 120ms ease-out;
  }

  details[open] > summary .chevron {
    transform: rotate(90deg);
  }

  summary {
    display: flex;
    align-items: center;
    gap: 2px;
    list-style: none;
    cursor: pointer;
    user-select: none;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  @media (prefers-reduced-motion: reduce) {
    .chevron {
      transition: none;
    }
  }

  :host-context(.vscode-reduce-motion) .chevron {
    transition: none;
  }
`;
