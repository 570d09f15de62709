/** The script of both views: registers the components that the pages use, the report and the conversation. */
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { PerformanceConversation } from './conversation/performanceConversation';
import { PerformanceReport } from './performanceReport';
import { page } from './styles';

document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
customElements.define('performance-report', PerformanceReport);
customElements.define('performance-conversation', PerformanceConversation);
