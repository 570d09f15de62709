import type { CommandId } from './commands';

const link = (label: string, command: CommandId): string => `[${label}](command:${command})`;

/** A page of words: it needs no picture for each theme, and it does not go out of date with the next change of the view. */
const page = (name: string) => ({ markdown: `media/walkthrough/${name}.md` });

const ran = (...commands: readonly CommandId[]): string[] => commands.map((command) => `onCommand:${command}`);

/** The first five minutes, in the order in which they pay off. */
export const walkthroughs = [
  {
    id: 'start',
    title: 'Get started with Performance Engineer',
    description: 'Measure first, then change what the measurement points at.',
    steps: [
      {
        id: 'report',
        title: 'Open the report',
        description: `What to do first, what to leave alone, and what each gain costs.\n${link('Show the report', 'performanceEngineer.showReport')}`,
        media: page('report'),
        completionEvents: [...ran('performanceEngineer.showReport', 'performanceEngineer.openReportInEditor'), 'onView:performanceEngineer.report'],
      },
      {
        id: 'hint',
        title: 'Read a hint',
        description:
          'Costly expressions carry their cost at the scale you declare. Each figure says whether it was measured or is an estimate. Hover over one to see why, and what to do instead.',
        media: page('hint'),
        completionEvents: ran('performanceEngineer.openRule', 'performanceEngineer.showFindings'),
      },
      {
        id: 'profile',
        title: 'Profile a function',
        description:
          'Choose "Profile" above a function and pick a test or a benchmark that calls it. It runs in the terminal; its lines then show where the time went.',
        media: page('profile'),
        completionEvents: ran('performanceEngineer.profileFunction'),
      },
      {
        id: 'scale',
        title: 'Declare your scale',
        description: `Latency targets and the size of your data turn guesses into figures.\n${link('Open performance.json', 'performanceEngineer.openConfig')}`,
        media: page('scale'),
        completionEvents: ran('performanceEngineer.openConfig'),
      },
      {
        id: 'prove',
        title: 'Prove a recommendation',
        description: 'Before an index is made, a planner says whether it would use it, on made-up rows in a throw-away database. Choose "Prove" on a card of the report, or "Explain" above a query.',
        media: page('prove'),
        completionEvents: ran('performanceEngineer.proveFinding', 'performanceEngineer.explainQuery'),
      },
    ],
  },
];
