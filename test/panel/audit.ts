import { source as axeSource } from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2 AA, and what axe holds for good practice beside it. */
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Those of its rules whose answer a theme can change. The others look at the structure, which is the same in each. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Reads the page as assistive technology does, and returns what is wrong. */
export const audit = (page: Page): Promise<string> => run(page, STANDARDS);

/** The part of an audit that depends on the theme. */
export const auditColours = (page: Page): Promise<string> => run(page, COLOUR_RULES);

interface Audited {
  readonly axe?: { run(options: object): Promise<AxeResults> };
}

/** axe comes in through the debugger, which no policy stops. */
async function run(page: Page, runOnly: readonly string[]): Promise<string> {
  if (!(await page.evaluate(() => (globalThis as unknown as Audited).axe !== undefined))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(only => (globalThis as unknown as Required<Audited>).axe.run({ runOnly: only }), runOnly);
  return violations.map(described).join('\n');
}

const described = ({ id, nodes }: AxeResults['violations'][number]): string =>
  `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`;
