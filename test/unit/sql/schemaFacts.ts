import type { FileFacts } from '../../../src/core/facts';
import { SqlAnalyser } from '../../../src/detect/sql';

/** The facts of .sql files as the analyser gives them. */
export function factsOf(files: Readonly<Record<string, string>>): FileFacts[] {
  const analyser = new SqlAnalyser([]);
  return Object.entries(files).map(([file, text]) => analyser.analyse(file, text, new Set()).facts);
}
