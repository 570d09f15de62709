import type { CodeLens, Command } from 'vscode-languageserver';
import { shown, summarise, type DocumentView, type QueryPlace } from '../documentView';
import type { Commands, FunctionSummary } from '../protocol';
import { measurementLabel } from '../wording';

/** The lenses above each function that has findings or a measurement, and above each statement that reads rows. */
export function lensesOf(view: DocumentView, now: Date): CodeLens[] {
  const speaking = summarise(view).filter(({ findings, measurement }) => findings.length > 0 || measurement !== undefined);
  const functions = speaking.flatMap((summary) =>
    commandsOf(view, summary, now).map((command) => ({ range: summary.nameRange, command })),
  );
  return [...functions, ...view.queries.flatMap((query) => queryLenses(view, query))];
}

function queryLenses({ uri }: DocumentView, { start, canProve }: QueryPlace): CodeLens[] {
  const { line, character } = start;
  const lens = (title: string, prove: boolean): CodeLens => ({
    range: { start, end: start },
    command: command(title, 'performanceEngineer.explainQuery', [uri, line, character, prove]),
  });
  return [lens('Explain', false), ...(canProve ? [lens('Prove', true)] : [])];
}

function commandsOf(view: DocumentView, summary: FunctionSummary, now: Date): Command[] {
  const { name, findings, measurement } = summary;
  const commands: Command[] = [];
  if (findings.length > 0) {
    commands.push(command(findingsTitle(view, summary), 'performanceEngineer.showFindings', [view.uri, name]));
  }
  if (measurement) {
    commands.push(command(measurementLabel(measurement, now), 'performanceEngineer.showReport', [view.uri, name]));
    if (measurement.stale) commands.push(command('Measure Again', 'performanceEngineer.measureAgain', [view.uri, measurement.run.id]));
  }
  commands.push(command('Profile', 'performanceEngineer.profileFunction', [view.uri, name]));
  commands.push(command('Report', 'performanceEngineer.showReport', [view.uri, name]));
  return commands;
}

/** "2 findings, O(n²)": the complexity is that of the most important finding. */
function findingsTitle(view: DocumentView, { name, findings }: FunctionSummary): string {
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  const first = shown(view).find(({ finding }) => finding.functionName === name);
  const complexity = first && view.rule(first.finding.rule)?.complexity.now;
  return complexity ? `${count}, ${complexity}` : count;
}

function command<Name extends keyof Commands>(title: string, name: Name, args: Commands[Name]): Command {
  return { title, command: name, arguments: args };
}
