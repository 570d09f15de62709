/** What one measurement of a scenario said, in the product's own words. */
export interface ScenarioFigure {
  readonly text: string;
  /** The runs that it is from. */
  readonly runs: readonly string[];
  /** What it rests on: "1 call", "804 samples". */
  readonly samples: string;
}

/** The figures of the scenarios as the end-to-end test has measured them in one go. */
export interface ScenarioNumbers {
  /** "2026-11-25", UTC. */
  readonly date: string;
  /** "AMD EPYC, 2 processors, linux". */
  readonly machine: string;
  /** By scenario, step and language. */
  readonly scenarios: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, ScenarioFigure>>>>>>;
}

const START = '<!-- scenarios:start -->';
const END = '<!-- scenarios:end -->';

/**
 * Puts what the scenarios have measured between the two markers of the README.
 * @throws Error when a marker is missing.
 */
export function withScenarios(readme: string, numbers: ScenarioNumbers): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start === -1 || end < start) throw new Error(`README.md needs the lines ${START} and ${END}.`);
  return `${readme.slice(0, start + START.length)}\n\n${section(numbers)}\n\n${readme.slice(end)}`;
}

/** What has to be the same from run to run: which scenario has which steps in which languages. */
export function shapeOf({ scenarios }: ScenarioNumbers): readonly string[] {
  return Object.entries(scenarios).flatMap(([scenario, steps]) =>
    Object.entries(steps).flatMap(([step, languages]) => Object.keys(languages).map((language) => `${scenario} / ${step} / ${language}`)));
}

function section({ date, machine, scenarios }: ScenarioNumbers): string {
  return [
    `Measured on ${date} (${machine}) by the end-to-end test that plays them in a real VS Code; other machines give other figures.`,
    ...Object.entries(scenarios).map(([title, steps]) => {
      const languages = [...new Set(Object.values(steps).flatMap((step) => Object.keys(step)))];
      const rows = Object.entries(steps).map(([step, figures]) => row([step, ...languages.map((language) => cell(figures[language]))]));
      return [`**${title}**`, '', row(['', ...languages]), row(['---', ...languages.map(() => '---')]), ...rows].join('\n');
    }),
  ].join('\n\n');
}

const row = (cells: readonly string[]): string => `| ${cells.map((text) => text.replace(/\|/g, '\\|')).join(' | ')} |`;

function cell(figure: ScenarioFigure | undefined): string {
  if (figure === undefined) return '';
  const { text, runs, samples } = figure;
  return `${text} (${samples}, ${runs.length === 1 ? 'run' : 'runs'} ${runs.map((run) => `\`${run}\``).join(', ')})`;
}
