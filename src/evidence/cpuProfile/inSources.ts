import { pathToFileURL } from 'node:url';
import type { ThreadProfile } from './costs';
import type { Frames } from './frames';
import type { CpuProfile, ProfileNode } from './parse';
import type { ScriptMaps } from './scriptMaps';

/**
 * The same profile with the places of the sources instead of the compiled scripts, for viewers that
 * read no source maps. Undefined where nothing was compiled.
 */
export function inSources({ profile, maps }: ThreadProfile, frames: Frames): CpuProfile | undefined {
  let isCompiled = false;
  const nodes = profile.nodes.map((node) => {
    const mapped = nodeInSources(node, maps, frames);
    isCompiled ||= mapped !== node;
    return mapped;
  });
  return isCompiled ? { ...profile, nodes } : undefined;
}

function nodeInSources(node: ProfileNode, maps: ScriptMaps, frames: Frames): ProfileNode {
  const kind = frames.kindOf(node.callFrame);
  const { scriptId, lineNumber, columnNumber } = node.callFrame;
  if (kind.kind !== 'workspace' || !maps.isMapped(scriptId, kind.path)) return node;
  const place = maps.place(scriptId, kind.path, lineNumber, columnNumber);
  const ticks = new Map<number, number>();
  for (const tick of node.positionTicks ?? []) {
    const line = maps.line(scriptId, kind.path, tick.line - 1).line + 1;
    ticks.set(line, (ticks.get(line) ?? 0) + tick.ticks);
  }
  return {
    ...node,
    callFrame: { ...node.callFrame, url: pathToFileURL(place.file).href, lineNumber: place.line, columnNumber: place.column },
    positionTicks: [...ticks].map(([line, count]) => ({ line, ticks: count })),
  };
}
