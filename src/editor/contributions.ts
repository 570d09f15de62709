import { colors } from './contributions/colors';
import { ADVISOR_ON, commands, menus } from './contributions/commands';
import { languageModelTools } from './contributions/languageModelTools';
import { configuration, restrictedConfigurations } from './contributions/settings';
import { walkthroughs } from './contributions/walkthrough';
import { ANALYSED_LANGUAGES, CONFIG_PATTERN, CONVERSATION_VIEW, MCP_PROVIDER, REPORT_EDITOR, REPORT_VIEW, TASK_TYPE } from './names';

/*
 * What the extension contributes to VS Code, declared once: `npm run generate` writes it into package.json.
 * Plain data, so that the generator can load it outside of VS Code.
 */

export const contributes = {
  commands,
  menus,
  configuration,
  colors,
  viewsContainers: {
    activitybar: [{ id: 'performanceEngineer', title: 'Performance', icon: 'media/performance.svg' }],
  },
  views: {
    performanceEngineer: [
      { type: 'webview', id: REPORT_VIEW, name: 'Report', icon: 'media/performance.svg', contextualTitle: 'Performance Report' },
      { type: 'webview', id: CONVERSATION_VIEW, name: 'Performance Engineer', icon: 'media/performance.svg', contextualTitle: 'Performance Engineer', when: ADVISOR_ON },
    ],
  },
  jsonValidation: [{ fileMatch: CONFIG_PATTERN, url: './media/performance.schema.json' }],
  taskDefinitions: [
    {
      type: TASK_TYPE,
      required: ['run'],
      properties: {
        run: { type: 'string', description: 'The id of the run under which the measurement is stored.' },
      },
      // The extension makes these tasks for one run each; nobody can write one into tasks.json.
      when: 'false',
    },
  ],
  languageModelTools,
  mcpServerDefinitionProviders: [{ id: MCP_PROVIDER, label: 'Performance Engineer' }],
  walkthroughs,
};

export const activationEvents = [
  ...ANALYSED_LANGUAGES.map((language) => `onLanguage:${language}`),
  `workspaceContains:${CONFIG_PATTERN}`,
  // A tab that was open when the window was closed comes back with it.
  `onWebviewPanel:${REPORT_EDITOR}`,
];

export const capabilities = {
  untrustedWorkspaces: {
    supported: 'limited',
    description: 'Code is checked and the report is shown. Profiles, benchmarks and proofs, which run what the workspace holds, are off.',
    restrictedConfigurations,
  },
  virtualWorkspaces: {
    supported: 'limited',
    description: 'Only files on a disk are checked and measured.',
  },
};
