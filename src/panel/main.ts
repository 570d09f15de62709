/** The panel's script: registers the components that the page uses, and the report itself. */
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { PerformanceReport } from './performanceReport';
import { page } from './styles';

document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
customElements.define('performance-report', PerformanceReport);
