import { source as axeSource } from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2 AA, and what axe holds for good practice beside it. */
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Reads the page as assistive technology does. axe comes in through the debugger, which no policy stops. */
export async function audit(page: Page): Promise<string> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    tags => (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({ runOnly: tags }),
    STANDARDS,
  );
  return violations.map(described).join('\n');
}

const described = ({ id, nodes }: AxeResults['violations'][number]): string =>
  `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`;
