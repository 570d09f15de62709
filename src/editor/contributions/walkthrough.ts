import type { CommandId } from './commands';

const link = (label: string, command: CommandId): string => `[${label}](command:${command})`;

/** Each picture exists for dark and for light themes; the high-contrast ones use the nearer of the two. */
const picture = (name: string, altText: string) => {
  const [dark, light] = [`media/pictures/${name}-dark.png`, `media/pictures/${name}-light.png`];
  return { image: { dark, light, hc: dark, hcLight: light }, altText };
};

export const walkthroughs = [
  {
    id: 'start',
    title: 'Get started with Performance Engineer',
    description: 'Measure first, then change what the measurement points at.',
    steps: [
      {
        id: 'hints',
        title: 'See what code costs while you type',
        description:
          'Costly expressions carry their cost at the scale you declare. Each figure says whether it was measured or is an estimate. Hover over one to see why, and what to do instead.',
        media: picture('hints', 'A loop with a query inside, and beside it the hint "1 + 1,000 queries".'),
        completionEvents: ['onCommand:performanceEngineer.openRule', 'onCommand:performanceEngineer.showFindings'],
      },
      {
        id: 'declare',
        title: 'Declare what you need',
        description: `Latency targets and the size of your data turn guesses into figures.\n${link('Open performance.json', 'performanceEngineer.openConfig')}`,
        media: picture('config', 'performance.json with latency targets and the number of rows of each table.'),
        completionEvents: ['onCommand:performanceEngineer.openConfig'],
      },
      {
        id: 'profile',
        title: 'Profile a function',
        description:
          'Choose "Profile" above a function and pick a test or a benchmark that calls it. It runs in the terminal; its lines then show where the time went.',
        media: picture('heat', 'A profiled function with the share of the time beside each line.'),
        completionEvents: ['onCommand:performanceEngineer.profileFunction'],
      },
      {
        id: 'report',
        title: 'Read the report',
        description: `What to do first, what to leave alone, and what each gain costs.\n${link('Show the report', 'performanceEngineer.showReport')}`,
        media: picture('report', 'The report with its analysis and ranked recommendations.'),
        completionEvents: ['onCommand:performanceEngineer.showReport', 'onView:performanceEngineer.report'],
      },
    ],
  },
];
