/** What client and server say to each other about stored runs. Part of the protocol. */
import type { ExportFormat } from '../evidence/export/export';
import type { Chart } from '../report/runs/model';
import type { FolderParams } from './protocol';

export interface ChartParams extends FolderParams {
  readonly run: string;
  readonly kind: Chart['kind'];
}

export interface ExportParams extends FolderParams {
  readonly run: string;
  readonly format: ExportFormat;
  /** File URI; what is there is replaced. */
  readonly to: string;
}

export interface ExportResult {
  readonly bytes: number;
}
