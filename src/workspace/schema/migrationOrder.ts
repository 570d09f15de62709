import type { FileFacts } from '../../core/facts';

/**
 * Files in path order, with Alembic's migrations among them in the order of their revisions: their file
 * names begin with a hash that says nothing.
 */
export function inMigrationOrder(files: readonly FileFacts[]): readonly FileFacts[] {
  const revisions = files.filter(({ revision }) => revision !== undefined);
  if (revisions.length < 2) return files;
  const depthOf = revisionDepths(revisions);
  const ordered = [...revisions].sort((a, b) => depthOf(a) - depthOf(b));
  return files.map((file) => (file.revision === undefined ? file : ordered.shift()!));
}

/** How many revisions come before one, at most; a circle or a gap counts as a beginning. */
function revisionDepths(files: readonly FileFacts[]): (file: FileFacts) => number {
  const byId = new Map(files.map((file) => [file.revision!.id, file]));
  const depths = new Map<FileFacts, number>();
  return (file) => {
    // The chain may be hundreds of revisions long, so it is walked and not recursed into.
    const open = [file];
    while (open.length > 0) {
      const at = open[open.length - 1]!;
      if (depths.has(at)) {
        open.pop();
        continue;
      }
      const before = at.revision!.after.flatMap((id) => byId.get(id) ?? []);
      const unknown = before.filter((each) => !depths.has(each) && !open.includes(each));
      if (unknown.length > 0) open.push(...unknown);
      else {
        depths.set(at, Math.max(0, ...before.map((each) => (depths.get(each) ?? -1) + 1)));
        open.pop();
      }
    }
    return depths.get(file)!;
  };
}
