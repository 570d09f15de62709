import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { build } from './build';
import { projectRoot } from './vscode/paths';

/** What is installed from the marketplace travels to every user and every remote machine of theirs. */
const largestBytes = 12 * 1024 * 1024;

const destination = path.join(projectRoot, 'dist', 'performance-engineer.vsix');

export interface PackagedExtension {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Packs what is in `dist/` (see .vscodeignore for what is taken) into `dist/performance-engineer.vsix`.
 * Everything the extension needs is bundled, so no dependency folder goes in.
 * @throws Error when the package is larger than 12 MB.
 */
export async function packageExtension(): Promise<PackagedExtension> {
  // Packed aside and renamed, so that nobody ever installs half a package.
  const aside = destination.replace(/vsix$/, `${process.pid}.vsix`);
  try {
    await createVSIX({
      cwd: projectRoot,
      packagePath: aside,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
    const { size } = await fs.stat(aside);
    if (size > largestBytes) {
      throw new Error(
        `The package has ${megabytes(size)}, more than the ${megabytes(largestBytes)} allowed. ` +
          'Next step: run "npm run package -- --list" to see what is in it.',
      );
    }
    await fs.rename(aside, destination);
    return { file: destination, bytes: size };
  } finally {
    await fs.rm(aside, { force: true });
  }
}

/** The files that would be packed, relative to the checkout, with their sizes before compression. */
async function packagedFiles(): Promise<string[]> {
  const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
  return Promise.all(
    files.map(async file => {
      const { size } = await fs.stat(path.join(projectRoot, file));
      return `${String(size).padStart(10)}  ${file}`;
    }),
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}

async function main(): Promise<void> {
  await build();
  if (process.argv.includes('--list')) {
    console.log((await packagedFiles()).join('\n'));
  }
  const { file, bytes } = await packageExtension();
  console.log(`${path.relative(projectRoot, file)}: ${megabytes(bytes)}`);
}

if (require.main === module) {
  main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
