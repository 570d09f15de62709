import { build } from '../../src/build/build';
import { packageExtension } from '../../src/build/package';

/** Builds and packages the extension as it is in the checkout. Returns the path of the package. */
export async function buildPackage(): Promise<string> {
  await build();
  return (await packageExtension()).file;
}
