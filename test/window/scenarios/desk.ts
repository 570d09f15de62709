import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import type { Run } from '../../../src/core/evidence';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { APPLICATIONS, type Edit, edited, type Subject } from './programs';
import { preparedDemo } from './workspace';

const PATIENCE_MS = 120_000;
/** As many processes of each side as a verdict needs, and no more: the test is about the way, not about the interval. */
const ROUNDS = 8;
const ATTEMPTS = 4;

/** A person at the order desk's code: opens, runs, reads and edits, with the mouse and the keyboard. */
export class Desk {
  private constructor(
    private readonly workbench: Workbench,
    private readonly folder: string,
    private readonly parent: string,
  ) {}

  /** Opens the window with a file of the demo, and waits until the files have been looked at. */
  static async open(): Promise<Desk> {
    const parent = mkdtempSync(join(tmpdir(), 'scenarios-'));
    const folder = preparedDemo(parent);
    const settings = { 'performanceEngineer.comparisonRounds': ROUNDS };
    const workbench = await openWorkbench({ workspace: folder, settings, viewport: { width: 1500, height: 1000 } });
    await workbench.openFile(APPLICATIONS[0]!.listing.file);
    await workbench.page.locator('.codelens-decoration a').first().waitFor({ timeout: PATIENCE_MS });
    return new Desk(workbench, folder, parent);
  }

  async close(): Promise<void> {
    await this.workbench.dispose();
    rmSync(this.parent, { recursive: true, force: true });
  }

  /** @returns the path of a picture of the window as it is, with what it has notified of. */
  async photograph(folder: string): Promise<string> {
    await this.workbench.runCommand('Notifications: Show Notifications').catch(() => undefined);
    const file = join(folder, `${Date.now()}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  get page(): Page {
    return this.workbench.page;
  }

  /** The report in the sidebar. */
  get report(): FrameLocator {
    return this.workbench.webviewFrame();
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  /** Opens a file with the cursor where `text` begins. */
  async goTo(file: string, text: string): Promise<void> {
    const line = this.read(file).split('\n').findIndex((each) => each.includes(text)) + 1;
    await this.workbench.openFile(file);
    await this.page.locator('.tab.active', { hasText: file.split('/').at(-1)! }).waitFor();
    await this.retried(async () => {
      await this.page.keyboard.press('Control+G');
      await this.page.locator('.quick-input-box input').fill(`:${line}`, { timeout: 5000 });
      await this.page.keyboard.press('Enter');
      // A query inside of a string begins after the spaces of its line.
      await this.page.keyboard.press('End');
      await this.page.locator('.statusbar-item', { hasText: `Ln ${line},` }).waitFor({ timeout: 5000 });
    });
  }

  /** Runs a command of ours that measures a function with its generated driver. @returns the run that it has stored. */
  async measure(kind: Run['kind'], command: string, { file, functionName }: Subject): Promise<Run> {
    return this.running(kind, () => this.drive(file, functionName, command));
  }

  /** Has the driver written and fills its arguments in. */
  async fillIn({ file, functionName, driver }: Subject, command: string): Promise<void> {
    await this.drive(file, functionName, command);
    const written = await this.until(`a driver for ${functionName} is written`, () => this.driverOf(functionName));
    await this.page.locator('.tab.active', { hasText: written.split('/').at(-1)! }).waitFor();
    this.type(written, driver);
  }

  /** The data becomes ten times as large, or what is said of the driver. */
  type(file: string, edits: readonly Edit[]): void {
    writeFileSync(join(this.folder, file), edited(this.read(file), edits));
  }

  driverOf(functionName: string): string | undefined {
    const folder = '.performance/drivers';
    const absolute = join(this.folder, folder);
    const name = existsSync(absolute) ? readdirSync(absolute).find((each) => each.includes(`_${functionName}_`)) : undefined;
    return name && `${folder}/${name}`;
  }

  /** Applies the quick fix of a finding by the button of its card and allows it in the preview. */
  async applyFix(card: string, file: string, fix: string): Promise<void> {
    const before = this.read(file);
    const article = this.report.locator('article.card', { hasText: card }).filter({ hasText: file.split('/').at(-1)! });
    await article.locator(`vscode-button[title="${fix}"]`).click();
    // Nothing is chosen in the preview of a fix that may change what the code does.
    await this.page.locator('.edit-checkbox').first().check({ timeout: PATIENCE_MS });
    await this.page.getByRole('button', { name: 'Apply', exact: true }).click();
    await this.until(`${file} is changed`, () => (this.read(file) === before ? undefined : true));
  }

  /** "Measure Again and Compare" of the newest run of a function. */
  async measureAgain(functionName: string): Promise<Run> {
    return this.running('comparison', () => this.retried(async () => {
      await this.workbench.runCommand('Performance: Measure Again and Compare');
      await this.row(functionName).click({ timeout: 20_000 });
    }));
  }

  /** Explains and proves the query at a text of a file. */
  async prove(file: string, text: string): Promise<Run> {
    await this.goTo(file, text);
    return this.running('proof', () => this.workbench.runCommand('Performance: Explain This Query'));
  }

  async showReport(): Promise<void> {
    await this.workbench.runCommand('Performance: Show Report');
    await this.report.locator('article.card').first().waitFor({ timeout: PATIENCE_MS });
  }

  /** Waits until the report, which is in the sidebar all the time, says a text as a reader sees it. */
  async reads(text: string): Promise<void> {
    let seen = '';
    await this.until(`the report says "${text}"`, async () => {
      seen = (await this.report.locator('main').textContent())!.replace(/\s+/g, ' ');
      return seen.includes(text) || undefined;
    }).catch((error: Error) => {
      throw new Error(`${error.message}; it says: ${seen}`);
    });
  }

  private async drive(file: string, functionName: string, command: string): Promise<void> {
    await this.retried(async () => {
      await this.goTo(file, `${file.endsWith('.py') ? 'def' : 'function'} ${functionName}(`);
      await this.workbench.runCommand(`Performance: ${command}`);
      await this.row(`A driver for ${functionName}`).click({ timeout: 20_000 });
    });
  }

  /** What takes the focus, such as a terminal that opens, closes an input or a list; a person would open it again. */
  private async retried(act: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await act();
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  private row(text: string) {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }

  /** Does something that measures, and waits for the run. Fails with what the run says of its failure. */
  private async running(kind: Run['kind'], start: () => Promise<void>): Promise<Run> {
    const known = new Set(this.runs().map(({ id }) => id));
    await start();
    const run = await this.until(`a ${kind} run is stored`, () => this.runs().find((each) => each.kind === kind && !known.has(each.id)));
    if (run.status !== 'completed') throw new Error(`${kind}: ${run.failure?.message ?? run.status}`);
    return run;
  }

  private runs(): Run[] {
    const folder = join(this.folder, '.performance/runs');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Run);
  }

  private async until<Found>(what: string, look: () => Found | undefined | Promise<Found | undefined>): Promise<Found> {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const found = await look();
      if (found !== undefined) return found;
      await this.page.waitForTimeout(200);
    }
    throw new Error(`After ${PATIENCE_MS / 1000} s it is not so that ${what}`);
  }
}
