import type { Failure } from '../core/failures';
import type { Judged } from '../report/judgement';
import { relativePath, type Target } from './target';

export interface CheckResult {
  /** Most urgent first. */
  readonly judged: readonly Judged[];
  readonly failures: readonly Failure[];
  /** How many files were analysed. */
  readonly fileCount: number;
}

/** The same result with paths as the user named them: relative to the folder given instead of the workspace. */
export function relativeTo({ root, workspace }: Target, { judged, failures, fileCount }: CheckResult): CheckResult {
  const prefix = relativePath(workspace, root);
  const shorten = (file: string): string => (prefix !== '' && file.startsWith(`${prefix}/`) ? file.slice(prefix.length + 1) : file);
  const shortenAll = <Place extends { readonly file: string }>(places: readonly Place[]): Place[] =>
    places.map((place) => ({ ...place, file: shorten(place.file) }));
  return {
    judged: judged.map((each) => ({
      ...each,
      finding: { ...each.finding, file: shorten(each.finding.file), related: shortenAll(each.finding.related) },
    })),
    failures: failures.map((failure) => (failure.file === undefined ? failure : { ...failure, file: shorten(failure.file) })),
    fileCount,
  };
}
