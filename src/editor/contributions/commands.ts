import type { Commands } from '../../lsp/protocol';
import { ANALYSED_LANGUAGES, CONVERSATION_VIEW, PROFILED_LANGUAGES } from '../names';

/** Every command with its arguments. A person may also run each without any, from the palette or a menu. */
export interface CommandArguments extends Omit<Commands, 'performanceEngineer.dismissFinding'> {
  /** Asks for the reason where none is given. */
  'performanceEngineer.dismissFinding': [uri: string, finding: string, reason?: string];
  /** The file that holds it; without one it is chosen. */
  'performanceEngineer.runBenchmark': [uri: string];
  'performanceEngineer.traceFunction': [uri: string, functionName: string];
  'performanceEngineer.recordMemory': [uri: string, functionName: string];
  'performanceEngineer.growFunction': [uri: string, functionName: string];
  'performanceEngineer.loadTestRoute': [];
  'performanceEngineer.attachToProcess': [];
  'performanceEngineer.profileDebugSession': [];
  'performanceEngineer.compareImplementations': [uri: string, functionName: string];
  /** Runs a generated driver with the arguments that are in it now. */
  'performanceEngineer.runDriver': [driver: string];
  /** Proves the advice of a finding. */
  'performanceEngineer.proveFinding': [finding: string];
  'performanceEngineer.setConnection': [];
  'performanceEngineer.forgetConnection': [];
  'performanceEngineer.openProfile': [run: string];
  /** A run by its id; without one it is chosen. So it is with the next. */
  'performanceEngineer.showFlameChart': [run: string];
  'performanceEngineer.exportRun': [run: string];
  'performanceEngineer.toggleHeat': [];
  'performanceEngineer.copyReportAsMarkdown': [];
  'performanceEngineer.refreshReport': [];
  'performanceEngineer.openReportInEditor': [];
  'performanceEngineer.openConfig': [];
  'performanceEngineer.restartServer': [];
  'performanceEngineer.showLog': [];
  /** Begins a question, which the user then sends. Nothing is sent by running this. */
  'performanceEngineer.ask': [question: string];
  /** The recommendation's id in the report; without one it is chosen. */
  'performanceEngineer.explainRecommendation': [item: string];
  'performanceEngineer.planMeasurement': [];
  'performanceEngineer.chooseProvider': [];
  'performanceEngineer.chooseModel': [];
  'performanceEngineer.setApiKey': [];
  'performanceEngineer.reviewConsent': [];
  'performanceEngineer.newConversation': [];
}

export type CommandId = keyof CommandArguments;

interface CommandDeclaration {
  readonly title: string;
  readonly icon?: string;
  /** When the palette offers it: always unless told; `false` where it makes no sense without its arguments. */
  readonly palette?: string | false;
}

const PROFILED = `editorLangId =~ /^(${PROFILED_LANGUAGES.join('|')})$/`;

const ANALYSED = `editorLangId =~ /^(${ANALYSED_LANGUAGES.join('|')})$/`;

/** Somebody was chosen to answer: what belongs to the advisor is out of the way until then. */
export const ADVISOR_ON = "config.performanceEngineer.advisor.provider != 'off'";

const COMMANDS: Readonly<Record<CommandId, CommandDeclaration>> = {
  'performanceEngineer.profileFunction': { title: 'Profile This Function', palette: PROFILED },
  'performanceEngineer.traceFunction': { title: 'Trace This Function', palette: PROFILED },
  'performanceEngineer.recordMemory': { title: 'Record the Memory of This Function', palette: PROFILED },
  'performanceEngineer.growFunction': { title: 'Measure How This Function Grows', palette: PROFILED },
  'performanceEngineer.compareImplementations': { title: 'Compare Implementations…', icon: '$(git-compare)' },
  'performanceEngineer.loadTestRoute': { title: 'Load Test Route…', icon: '$(globe)' },
  'performanceEngineer.profileDebugSession': { title: 'Profile Debug Session…', icon: '$(pulse)', palette: 'inDebugMode' },
  'performanceEngineer.attachToProcess': { title: 'Attach to Running Process…', icon: '$(plug)' },
  'performanceEngineer.measureAgain': { title: 'Measure Again and Compare', icon: '$(debug-restart)' },
  'performanceEngineer.runBenchmark': { title: 'Run Benchmark', icon: '$(play)' },
  'performanceEngineer.runDriver': { title: 'Profile with These Arguments', icon: '$(play)', palette: false },
  'performanceEngineer.explainQuery': { title: 'Explain This Query', palette: ANALYSED },
  'performanceEngineer.proveFinding': { title: 'Prove This Recommendation', palette: false },
  'performanceEngineer.setConnection': { title: 'Set Database Connection…' },
  'performanceEngineer.forgetConnection': { title: 'Forget Database Connection' },
  'performanceEngineer.openProfile': { title: 'Open Profile' },
  'performanceEngineer.showFlameChart': { title: 'Show Flame Chart' },
  'performanceEngineer.exportRun': { title: 'Export Measurement…' },
  'performanceEngineer.toggleHeat': { title: 'Show or Hide Line Heat' },
  'performanceEngineer.showReport': { title: 'Show Report' },
  'performanceEngineer.openReportInEditor': { title: 'Open Report in Editor', icon: '$(open-preview)' },
  'performanceEngineer.copyReportAsMarkdown': { title: 'Copy Report as Markdown', icon: '$(copy)' },
  'performanceEngineer.refreshReport': { title: 'Refresh Report', icon: '$(refresh)' },
  'performanceEngineer.showFindings': { title: 'Show Findings of This Function', palette: false },
  'performanceEngineer.dismissFinding': { title: 'Dismiss Finding with a Reason', palette: false },
  'performanceEngineer.openRule': { title: 'Open Rule Page' },
  'performanceEngineer.openConfig': { title: 'Open performance.json' },
  'performanceEngineer.ask': { title: 'Ask the Performance Engineer', icon: '$(comment-discussion)' },
  'performanceEngineer.explainRecommendation': { title: 'Explain This Recommendation' },
  'performanceEngineer.planMeasurement': { title: 'Plan the Next Measurement' },
  'performanceEngineer.chooseProvider': { title: 'Choose Who Answers' },
  'performanceEngineer.chooseModel': { title: 'Choose Model' },
  'performanceEngineer.setApiKey': { title: 'Set API Key' },
  'performanceEngineer.reviewConsent': { title: 'Review What May Be Sent' },
  'performanceEngineer.newConversation': { title: 'New Conversation', icon: '$(add)' },
  'performanceEngineer.restartServer': { title: 'Restart Server' },
  'performanceEngineer.showLog': { title: 'Show Log' },
};

const CATEGORY = 'Performance';

export const commands = Object.entries(COMMANDS).map(([command, { title, icon }]) => ({
  command,
  title,
  category: CATEGORY,
  ...(icon && { icon }),
}));

const inReport = (command: CommandId, group: string) => ({
  command,
  when: 'view == performanceEngineer.report',
  group,
});

export const menus = {
  commandPalette: Object.entries(COMMANDS).flatMap(([command, { palette }]) =>
    palette === undefined ? [] : [{ command, when: palette === false ? 'false' : palette }],
  ),
  'editor/context': [
    { command: 'performanceEngineer.profileFunction' satisfies CommandId, when: PROFILED, group: '1_performance@1' },
    { command: 'performanceEngineer.traceFunction' satisfies CommandId, when: PROFILED, group: '1_performance@2' },
    { command: 'performanceEngineer.growFunction' satisfies CommandId, when: PROFILED, group: '1_performance@3' },
    { command: 'performanceEngineer.compareImplementations' satisfies CommandId, when: PROFILED, group: '1_performance@4' },
    { command: 'performanceEngineer.explainQuery' satisfies CommandId, when: ANALYSED, group: '1_performance@5' },
    { command: 'performanceEngineer.ask' satisfies CommandId, when: ADVISOR_ON, group: '1_performance@6' },
  ],
  'debug/toolBar': [{ command: 'performanceEngineer.profileDebugSession' satisfies CommandId, when: `debugType =~ /^pwa-/`, group: 'navigation@90' }],
  'view/title': [
    inReport('performanceEngineer.runBenchmark', 'navigation@1'),
    inReport('performanceEngineer.openReportInEditor', 'navigation@2'),
    inReport('performanceEngineer.copyReportAsMarkdown', 'navigation@3'),
    inReport('performanceEngineer.refreshReport', 'navigation@4'),
    { command: 'performanceEngineer.newConversation' satisfies CommandId, when: `view == ${CONVERSATION_VIEW}`, group: 'navigation@1' },
    inReport('performanceEngineer.openConfig', '1_open@1'),
    inReport('performanceEngineer.openProfile', '1_open@2'),
    inReport('performanceEngineer.showFlameChart', '1_open@3'),
    inReport('performanceEngineer.exportRun', '1_open@4'),
    inReport('performanceEngineer.measureAgain', '2_measure@1'),
    inReport('performanceEngineer.loadTestRoute', '2_measure@2'),
    inReport('performanceEngineer.attachToProcess', '2_measure@3'),
    inReport('performanceEngineer.compareImplementations', '2_measure@4'),
  ],
};
