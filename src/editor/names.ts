import type { Commands } from '../lsp/protocol';

/** Names that the manifest and the code must agree on. Plain data: the generator of package.json loads it. */

/** VS Code's ids of the languages whose functions can be profiled. */
export const PROFILED_LANGUAGES = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python'] as const;

/** Those of the languages that are checked. */
export const ANALYSED_LANGUAGES = [...PROFILED_LANGUAGES, 'sql'] as const;

export const CONFIG_PATTERN = 'performance.json';

export const REPORT_VIEW = 'performanceEngineer.report';

/** The report as a tab of the editor. */
export const REPORT_EDITOR = 'performanceEngineer.reportEditor';

export const CONVERSATION_VIEW = 'performanceEngineer.conversation';

/** The MCP server that the extension offers to VS Code. */
export const MCP_PROVIDER = 'performanceEngineer.mcp';

export const TASK_TYPE = 'performance';

/** The commands that a link in a hover may run. Each asks before it does anything. */
export const LINKED_COMMANDS: readonly (keyof Commands)[] = [
  'performanceEngineer.profileFunction',
  'performanceEngineer.showReport',
  'performanceEngineer.explainQuery',
  'performanceEngineer.showFindings',
  'performanceEngineer.openRule',
  'performanceEngineer.dismissFinding',
];
