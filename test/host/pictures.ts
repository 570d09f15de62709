import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { endOnSignals } from '../../src/build/vscode/ending';
import { demoWorkspace, projectRoot } from '../../src/build/vscode/paths';
import { measureDemo } from './measureDemo';
import { openWorkbench, type Workbench } from './workbench';

/**
 * Takes the README's pictures from the real thing: measures the demo, opens it
 * in VS Code and photographs what a user sees, dark and light. `npm run pictures`.
 */
const FOLDER = path.join(projectRoot, 'media/pictures');
const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' } as const;
const QUIET = { 'workbench.startupEditor': 'none', 'editor.minimap.enabled': false, 'breadcrumbs.enabled': false, 'window.commandCenter': false, 'chat.commandCenter.enabled': false, 'workbench.layoutControl.enabled': false };

async function main(): Promise<void> {
  endOnSignals();
  fs.mkdirSync(FOLDER, { recursive: true });
  await measureDemo(demoWorkspace);
  for (const [name, theme] of Object.entries(THEMES)) {
    const workbench = await openWorkbench({ workspace: demoWorkspace, settings: { ...QUIET, 'workbench.colorTheme': theme }, viewport: { width: 1280, height: 760 } });
    try {
      await photograph(workbench, name);
    } finally {
      await workbench.dispose();
    }
  }
}

async function photograph(workbench: Workbench, theme: string): Promise<void> {
  const { page } = workbench;
  await workbench.openFile('typescript/src/orders.ts');
  await page.locator('.codelens-decoration a').first().waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: /Explorer/ }).first().click().catch(() => undefined);
  await goToLine(page, 40);
  await shoot(page, `hints-${theme}`);
  await workbench.runCommand('Performance: Show Report');
  const heading = workbench.webviewFrame().getByRole('heading', { name: 'High Priority' });
  await heading.waitFor({ timeout: 60_000 });
  await heading.evaluate((element) => element.scrollIntoView());
  await page.waitForTimeout(1500);
  await shoot(page, `report-${theme}`);
  await workbench.openFile('python/orders/orders.py');
  await page.locator('.codelens-decoration a').first().waitFor({ timeout: 60_000 });
  await goToLine(page, 30);
  await page.waitForTimeout(1500);
  await shoot(page, `heat-${theme}`);
}

async function goToLine(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-box input').fill(`:${line}`);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(2000);
}

async function shoot(page: Page, name: string): Promise<void> {
  const file = path.join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(`${path.relative(projectRoot, file)}: ${Math.round(fs.statSync(file).size / 1024)} KiB`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
