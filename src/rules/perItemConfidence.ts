import type { Candidate, Confidence } from '../core/rule';
import type { WorkspaceView } from '../core/workspaceView';

/** What runs rarely may go item by item, and what was in doubt before a function was followed stays so. */
export function confidencePerItem({ file, functionName, language, confidence }: Candidate<unknown>, isDirect: boolean, workspace: WorkspaceView): Confidence {
  // Python's matchers weigh scripts and management commands by themselves.
  if (language === 'python' && isDirect) return confidence;
  if (workspace.heatOf(file, functionName).heat === 'cold') return 'possible';
  return language === 'python' ? 'likely' : confidence;
}
