import { pathToFileURL } from 'node:url';
import type { CpuProfile } from './parse';
import type { ScriptMaps } from './scriptMaps';

/**
 * The same profile with files for the scripts that a loader compiled into data: URLs, as tsx does with CommonJS that is
 * imported by a module. The engine cuts such a URL off; the script's source map still names the file.
 */
export function withFiles(profile: CpuProfile, maps: ScriptMaps): CpuProfile {
  const urls = new Map<string, string | undefined>();
  const nodes = profile.nodes.map((node) => {
    const { scriptId, url } = node.callFrame;
    if (!url.startsWith('data:')) return node;
    if (!urls.has(scriptId)) urls.set(scriptId, maps.onlySource(scriptId));
    const file = urls.get(scriptId);
    return file === undefined ? node : { ...node, callFrame: { ...node.callFrame, url: pathToFileURL(file).href } };
  });
  return { ...profile, nodes };
}
