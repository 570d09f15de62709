import { isLinterConfig } from './linters/linters';

/** Files in which a project names the packages it depends on. */
const PACKAGES = /(?:^|\/)(?:package\.json|pyproject\.toml|Pipfile|setup\.cfg|[\w.-]*requirements[\w.-]*\.(?:txt|in)|requirements\/[\w.-]+\.(?:txt|in))$/;
const DEPENDENCY_KEYS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;
/** A name at the beginning of a line, or at the beginning of a quoted requirement such as "sentry-sdk[django]>=2". */
const REQUIREMENT = /(?:^|["'])[ \t]*([A-Za-z][\w.-]*)/gm;

/** Files that say what a project depends on or how it is linted. They are read whole, beside the source files. */
export function isManifest(path: string): boolean {
  return PACKAGES.test(path) || isLinterConfig(path);
}

/**
 * The packages that a manifest names. Of a package.json these are its dependencies; of Python's manifests all words
 * that stand where a requirement may stand, so that the answer to "is it named?" is never a wrong no.
 */
export function packagesIn(path: string, text: string): readonly string[] {
  if (!PACKAGES.test(path)) return [];
  if (path.endsWith('.json')) return dependenciesOf(text);
  return [...new Set([...text.matchAll(REQUIREMENT)].map((match) => match[1]!.toLowerCase()))];
}

function dependenciesOf(text: string): readonly string[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    // Half-typed: the packages are known again when it is whole.
    return [];
  }
  if (typeof manifest !== 'object' || manifest === null) return [];
  return DEPENDENCY_KEYS.flatMap((key) => Object.keys((manifest as Readonly<Record<string, object | undefined>>)[key] ?? {}));
}
