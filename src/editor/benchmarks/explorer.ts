import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import { failureOf, tell } from '../tell';
import type { Measuring } from '../measure/measuring';
import type { Benchmarks, FolderBenchmark } from './benchmarks';
import { distributionText, resultLines, rowsOf } from './words';

/**
 * The workspace's benchmarks in VS Code's Test Explorer. A file is one program that measures all of its benchmarks, so
 * whichever of them is chosen, its file runs and each gets its result.
 */
export class BenchmarkExplorer implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController('performanceEngineer.benchmarks', 'Benchmarks');
  private readonly subscription: vscode.Disposable;
  private readonly byItem = new WeakMap<vscode.TestItem, FolderBenchmark>();

  constructor(
    private readonly benchmarks: Benchmarks,
    private readonly measuring: Measuring,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.controller.resolveHandler = async (item) => (item === undefined ? this.look() : undefined);
    this.controller.refreshHandler = () => this.look();
    this.controller.createRunProfile('Benchmark', vscode.TestRunProfileKind.Run, (request, token) => this.run(request, token), true);
    this.subscription = benchmarks.onChange(() => this.show());
  }

  /** The items as they are, for tests of the extension. */
  get items(): readonly vscode.TestItem[] {
    return itemsOf(this.controller.items);
  }

  dispose(): void {
    this.subscription.dispose();
    this.controller.dispose();
  }

  private async look(): Promise<void> {
    await this.benchmarks.look().catch((error: unknown) => this.log.warn(`Looking for benchmarks: ${String(error)}`));
  }

  private show(): void {
    const { controller } = this;
    controller.items.replace(this.benchmarks.all.map((file) => {
      const item = this.itemOf(controller.items, `${file.folder} ${file.choice.label}`, file.choice.label, file);
      const rows = rowsOf(file, file.newest);
      item.children.replace(rows.map(({ name, line, result }) => {
        const child = this.itemOf(item.children, name, name, file);
        child.range = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
        child.description = result && distributionText(result);
        return child;
      }));
      return item;
    }));
  }

  /** The item that is there stays: what VS Code knows of it goes with it. */
  private itemOf(items: vscode.TestItemCollection, id: string, label: string, file: FolderBenchmark): vscode.TestItem {
    const item = items.get(id) ?? this.controller.createTestItem(id, label, vscode.Uri.parse(file.uri, true));
    this.byItem.set(item, file);
    return item;
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request, 'Benchmarks');
    try {
      const chosen = new Set((request.include ?? this.items).map((item) => item.parent ?? item));
      const files = [...chosen].map((item) => ({ item, shown: shownOf(item, request.exclude ?? []) })).filter(({ shown }) => shown.length > 0);
      for (const { shown } of files) shown.forEach((each) => run.enqueued(each));
      for (const { item, shown } of files) {
        if (token.isCancellationRequested) shown.forEach((each) => run.skipped(each));
        else await this.runFile(run, item, shown, token);
      }
    } finally {
      run.end();
    }
  }

  /** @param shown what of the file gets a result: its benchmarks that were not left out. */
  private async runFile(run: vscode.TestRun, item: vscode.TestItem, shown: readonly vscode.TestItem[], token: vscode.CancellationToken): Promise<void> {
    const { folder, choice } = this.byItem.get(item)!;
    shown.forEach((each) => run.started(each));
    const cancelling = new AbortController();
    const subscription = token.onCancellationRequested(() => cancelling.abort());
    try {
      const outcome = await this.measuring.measure({ folder, kind: 'benchmark', choice }, { signal: cancelling.signal });
      if (outcome.kind !== 'measured') throw new FailureError(failures.benchmarkCancelled(choice.label));
      const { status, failure } = outcome.summary;
      if (status === 'cancelled') return shown.forEach((each) => run.skipped(each));
      if (failure) throw new FailureError(failure);
      await this.look();
      this.tellResults(run, item, shown);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) return shown.forEach((each) => run.skipped(each));
      shown.forEach((each) => run.errored(each, new vscode.TestMessage(failure.message)));
      run.appendOutput(`${choice.label}: ${failure.message}\r\n`);
      if (failure.code === 'untrusted-workspace') tell(failure);
    } finally {
      subscription.dispose();
    }
  }

  /** The time that the Test Explorer shows of a benchmark is its p50. What the first run has told of is there by now. */
  private tellResults(run: vscode.TestRun, item: vscode.TestItem, shown: readonly vscode.TestItem[]): void {
    const { declared, newest } = this.byItem.get(item)!;
    const now = new Date();
    for (const { name, result } of rowsOf({ declared }, newest)) {
      const child = item.children.get(name);
      if (child === undefined || !(shown.includes(child) || shown.includes(item))) continue;
      if (result === undefined || newest === undefined) {
        run.skipped(child);
        continue;
      }
      run.appendOutput(`${resultLines(result, newest, now).join('\r\n')}\r\n`, undefined, child);
      run.passed(child, result.p50);
    }
  }
}

const itemsOf = (items: vscode.TestItemCollection): vscode.TestItem[] => [...items].map(([, item]) => item);

/** VS Code gives a parent the state of its children; one without any has its own. */
function shownOf(item: vscode.TestItem, excluded: readonly vscode.TestItem[]): readonly vscode.TestItem[] {
  if (excluded.includes(item)) return [];
  return item.children.size > 0 ? itemsOf(item.children).filter((child) => !excluded.includes(child)) : [item];
}
