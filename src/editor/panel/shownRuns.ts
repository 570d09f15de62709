import { Method } from '../../lsp/protocol';
import type { Chart, RunList } from '../../report/runs/model';
import type { Server } from '../server/server';

/** The runs of a folder and the chart that was asked for last, as the report's pages show them. */
export class ShownRuns {
  list: RunList | null = null;
  chart: Chart | null = null;
  private folder?: string;

  constructor(private readonly server: Server) {}

  /** Asks for the runs again. @returns whether a chart was closed, because it is of another folder */
  async refresh(folder: string): Promise<boolean> {
    const closes = this.folder !== folder && this.chart !== null;
    if (this.folder !== folder) {
      this.list = null;
      this.chart = null;
    }
    this.folder = folder;
    const list = await this.server.request(Method.runs, { folder });
    if (this.folder === folder) this.list = list;
    return closes;
  }

  /** Has a run drawn; what is read and parsed for it is the server's work. */
  async open(folder: string, kind: Chart['kind'], run: string): Promise<void> {
    const chart = await this.server.request(Method.chart, { folder, run, kind });
    this.folder ??= folder;
    if (this.folder === folder) this.chart = chart;
  }
}
