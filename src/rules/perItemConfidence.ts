import type { Candidate, Confidence } from '../core/rule';
import type { WorkspaceView } from '../core/workspaceView';

/** What runs rarely, as commands, scripts and seeds do, may go item by item; what was in doubt before a function was followed stays so. */
export function confidencePerItem({ file, functionName, confidence }: Candidate<unknown>, workspace: WorkspaceView): Confidence {
  return workspace.heatOf(file, functionName).heat === 'cold' ? 'possible' : confidence;
}
