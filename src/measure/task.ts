/** What the loop that calls a driver is asked to do other than the driver's own options say. */
export interface DriveTask {
  readonly options?: DriveOptions;
  /** Called in place of the driver's own subject. */
  readonly subject?: DrivenSubject;
  /** Keep what the first call returns, so that it can be compared. */
  readonly keepResult?: boolean;
  /** Call it with larger and larger sizes instead of again and again with one. */
  readonly growth?: GrowthTask;
}

/** The sizes to call it with, or how to find them: doubled until a limit is reached. */
export type GrowthTask =
  | { readonly sizes: readonly number[] }
  | { readonly start: number; readonly largest: number; readonly longestCallMs: number; readonly mostBytes: number };

export interface DriveOptions {
  readonly size?: number;
  readonly warmUpCalls?: number;
  readonly maximumCalls?: number;
  readonly maximumSeconds?: number;
}

export interface DrivenSubject {
  /** For Node: the absolute path of its file. For Python: the name of its module. */
  readonly source: string;
  /** The name under which it is exported. */
  readonly exported: string;
}

/** The task as driver.mjs reads it. */
export function scriptTask({ subject, ...task }: DriveTask): string {
  return JSON.stringify({ ...task, subject: subject && { file: subject.source, exported: subject.exported } });
}

/** The task as driver.py reads it. */
export function pythonTask({ subject, options, ...task }: DriveTask): string {
  const snakeCase = Object.fromEntries(Object.entries(options ?? {}).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));
  return JSON.stringify({ ...task, options: snakeCase, subject: subject && { module: subject.source, exported: subject.exported } });
}
