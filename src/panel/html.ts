export interface PanelHtmlOptions {
  /** The webview's `cspSource`. */
  readonly cspSource: string;
  /** Fresh for each page, from a cryptographic source. */
  readonly nonce: string;
  /** dist/panel.js as a webview URI. */
  readonly scriptUri: string;
  /** Which of the panel's views the page is. */
  readonly view?: 'report' | 'conversation';
  /** Where VS Code shows it, which decides what is behind it: the sidebar unless told. */
  readonly surface?: 'sidebar' | 'editor';
}

const VIEWS = {
  report: { element: 'performance-report', title: 'Performance Report' },
  conversation: { element: 'performance-conversation', title: 'Performance Engineer' },
} as const;

/**
 * The page of the panel. It carries no data: the script asks for it with `ready`.
 * Styles are constructed sheets of the script, so none is allowed from anywhere else.
 */
export function panelHtml({ cspSource, nonce, scriptUri, view = 'report', surface = 'sidebar' }: PanelHtmlOptions): string {
  const { element, title } = VIEWS[view];
  const policy = [
    "default-src 'none'",
    `img-src ${cspSource}`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
</head>
<body>
<${element} surface="${surface}"></${element}>
<script nonce="${attribute(nonce)}" src="${attribute(scriptUri)}"></script>
</body>
</html>
`;
}

function attribute(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
