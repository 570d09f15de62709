import { version } from '../../../package.json';
import type { McpArguments } from '../arguments';
import { resolveTarget } from '../target';
import { FolderFacts } from './facts';
import { FolderMeasurer } from './measuring';

/** Carries out `mcp`: serves until the client has gone. @throws UsageError */
export async function mcp({ path, factsOnly }: McpArguments): Promise<number> {
  const target = resolveTarget([path], process.cwd());
  const facts = new FolderFacts(target);
  const { serve } = await import('./server');
  await serve({ facts, isTrusted: () => !factsOnly, measurer: factsOnly ? undefined : new FolderMeasurer(target.workspace, facts) }, version);
  return 0;
}
