import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CpuProfile, ProfileNode } from './parse';

/** A place of a source as js-debug writes it into a profile, after its own source maps. Line and column count from 1. */
interface AnnotatedPlace {
  readonly lineNumber: number;
  readonly columnNumber: number;
  /** Absent or 0: the source is the file at `path`. */
  readonly source: { readonly path?: string; readonly sourceReference?: number };
}

type AnnotatedTick = NonNullable<ProfileNode['positionTicks']>[number] & { readonly startLocationId?: number };
type AnnotatedNode = Omit<ProfileNode, 'positionTicks'> & { readonly locationId?: number; readonly positionTicks?: readonly AnnotatedTick[] };

interface AnnotatedProfile extends CpuProfile {
  readonly nodes: readonly AnnotatedNode[];
  readonly $vscode?: { readonly locations?: readonly { readonly locations?: readonly AnnotatedPlace[] }[] };
}

/**
 * The same profile with the places that a debugger has written beside those of the engine: it knows the source maps of
 * what it debugs. A profile without any stays as it is. A line that leads to another file than its function's is counted
 * at the function itself.
 */
export function withAnnotations(profile: AnnotatedProfile): CpuProfile {
  const locations = profile.$vscode?.locations;
  if (!Array.isArray(locations)) return profile;
  const placeOf = (id: number | undefined, url: string): SourcePlace | undefined => sourceAmong(id === undefined ? [] : (locations[id]?.locations ?? []), url);
  const nodes = profile.nodes.map((node): ProfileNode => {
    const { callFrame, locationId, positionTicks } = node;
    const place = placeOf(locationId, callFrame.url);
    if (place === undefined) return node;
    const ticks = positionTicks?.map(({ ticks: count, startLocationId }) => {
      const at = placeOf(startLocationId, callFrame.url);
      return { line: at?.path === place.path ? at.line : place.line, ticks: count };
    });
    // The script's own map would be applied to what is mapped already.
    return { ...node, callFrame: { ...callFrame, scriptId: '', url: pathToFileURL(place.path).href, lineNumber: place.line - 1, columnNumber: place.column - 1 }, ...(ticks && { positionTicks: ticks }) };
  });
  return { ...profile, nodes };
}

interface SourcePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Of the places of one position, the one in a file that is not the script itself; undefined where there is no other. */
function sourceAmong(places: readonly AnnotatedPlace[], url: string): SourcePlace | undefined {
  const found = places.find(({ source }) => source?.path !== undefined && isAbsolute(source.path) && !source.sourceReference && pathToFileURL(source.path).href !== url);
  return found && { path: found.source.path!, line: found.lineNumber, column: found.columnNumber };
}
