import { css } from 'lit';

/** The flame chart. Frames differ by whose code they are, and say so in words too. */
const flame = css`
  :host {
    display: grid;
    gap: 6px;
    min-width: 0;
  }

  p {
    margin: 0;
  }

  .tools, .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }

  input {
    flex: 1 1 160px;
    min-width: 0;
    max-width: 320px;
    height: 26px;
    padding: 0 6px;
    border: 1px solid var(--vscode-input-border, var(--line));
    border-radius: 2px;
    background: var(--vscode-input-background, transparent);
    color: var(--vscode-input-foreground, inherit);
    font: inherit;
  }

  input::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  input:focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: -1px;
  }

  .muted {
    color: var(--muted);
  }

  .link {
    min-height: 24px;
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: none;
    color: var(--vscode-textLink-foreground, #4daafc);
    font: inherit;
    cursor: pointer;
  }

  .link:hover {
    color: var(--vscode-textLink-activeForeground, #4daafc);
    text-decoration: underline;
  }

  .link:focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: 1px;
  }

  .scroll {
    max-height: 60vh;
    overflow: auto;
  }

  .frames {
    position: relative;
    min-width: 100%;
  }

  .frame {
    position: absolute;
    box-sizing: border-box;
    height: 23px;
    padding: 0 3px;
    overflow: hidden;
    border: 1px solid var(--behind);
    border-radius: 2px;
    background: color-mix(in srgb, var(--muted) 14%, var(--behind));
    color: var(--vscode-foreground, #cccccc);
    font-size: 12px;
    line-height: 20px;
    white-space: nowrap;
    cursor: pointer;
    transition: left 0.15s, width 0.15s;
  }

  .frame.workspace {
    background: color-mix(in srgb, var(--high) 26%, var(--behind));
  }

  .frame.package {
    background: color-mix(in srgb, var(--medium) 20%, var(--behind));
  }

  .frame span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .frame.match {
    border-color: var(--vscode-foreground, #cccccc);
    font-weight: 700;
    text-decoration: underline;
  }

  .frame:focus-visible {
    z-index: 1;
    outline: 2px solid var(--focus);
    outline-offset: -2px;
  }

  :host-context(.vscode-high-contrast) .frame {
    border-color: var(--line);
    background: var(--behind);
  }

  :host-context(.vscode-high-contrast) .frame.workspace {
    border-width: 2px;
    padding: 0 2px;
    line-height: 18px;
  }

  .detail {
    display: grid;
    gap: 2px;
    min-height: 3.4em;
    align-content: start;
    overflow-wrap: anywhere;
  }

  @media (prefers-reduced-motion: reduce) {
    .frame {
      transition: none;
    }
  }
`;

export const flameSheets = [flame];

/** Around a picture that is drawn on a canvas. */
export const plotSheet = css`
  :host {
    display: block;
    min-width: 0;
  }
`;
