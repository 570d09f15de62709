/**
 * Runs in the test's page before the panel's own script, as VS Code's does in a webview.
 * Plain JavaScript, because it is the browser that reads it. `imitation` is what the tests ask.
 */
const theme = addSheet('');

// The store of a webview is its own; it outlives a reload, and not the webview.
if (sessionStorage.getItem('webview') !== location.search) {
  sessionStorage.clear();
  sessionStorage.setItem('webview', location.search);
}

globalThis.imitation = {
  posted: [],
  violations: [],

  /** Gives the page a theme: classes of the body and --vscode-* variables of the root. */
  applyTheme(name) {
    const { bodyClasses, variables } = imitation.themes[name];
    const declarations = Object.entries(variables).map(([key, value]) => `${key}: ${value};`);
    theme.replaceSync(`:root { ${declarations.join(' ')} }`);
    const dress = () => (document.body.className = bodyClasses.join(' '));
    if (document.body) dress();
    else document.addEventListener('DOMContentLoaded', dress);
  },

  send(data) {
    window.postMessage(data, '*');
  },

  /** Waits until what the panel was told is on the screen. */
  async rendered() {
    await document.body.firstElementChild.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  },
};

document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
  imitation.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile ?? ''}:${lineNumber}`);
});

globalThis.acquireVsCodeApi = () => ({
  postMessage: (message) => imitation.posted.push(structuredClone(message)),
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
});

// The sheet that VS Code puts under every webview's own styles; the background is that of the sidebar behind it.
addSheet(`@layer vscode-default {
  html { background: var(--vscode-sideBar-background); }
  html:has([surface='editor']) { background: var(--vscode-editor-background); }
  body {
    margin: 0;
    padding: 0 20px;
    color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
  }
}`);

/** Constructed sheets are no inline styles, so the policy lets them pass. */
function addSheet(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
  return sheet;
}
