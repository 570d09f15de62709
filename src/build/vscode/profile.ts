import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { scrubbedEnvironment } from './environment';
import type { CodeServerInstallation } from './installation';
import { lastLines, runToEnd } from './processes';

/** The folders that one VS Code keeps to itself, so that it neither sees nor changes the person's own. */
export interface Profile {
  readonly userData: string;
  readonly extensions: string;
  /** code-server's configuration file; without one it writes a password into the home folder. */
  readonly config: string;
  /** An empty home folder. Used in tests; the demo runs with the person's own, where their tools are. */
  readonly home: string;
}

export type Settings = Readonly<Record<string, unknown>>;

/** A quiet workbench: nothing that asks, updates, calls out or covers what is to be seen. */
const quietSettings: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Writes a profile into `folder` (created if missing) with the quiet settings and `settings` on top. */
export async function createProfile(folder: string, settings: Settings = {}): Promise<Profile> {
  const profile: Profile = {
    userData: path.join(folder, 'data'),
    extensions: path.join(folder, 'extensions'),
    config: path.join(folder, 'config.yaml'),
    home: path.join(folder, 'home'),
  };
  const user = path.join(profile.userData, 'User');
  await Promise.all([user, profile.extensions, profile.home].map(wanted => fs.mkdir(wanted, { recursive: true })));
  await fs.writeFile(profile.config, '');
  await fs.writeFile(path.join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  return profile;
}

/** The arguments that tie any code-server command to the profile. */
export function profileArguments(profile: Profile): string[] {
  return ['--config', profile.config, '--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
}

/** Installs a packaged extension into the profile, without a network. */
export async function installExtension(
  installation: CodeServerInstallation,
  profile: Profile,
  vsix: string,
): Promise<void> {
  const args = [installation.entry, ...profileArguments(profile), '--install-extension', vsix, '--force'];
  const env = scrubbedEnvironment({ HOME: profile.home });
  const result = await runToEnd(installation.node, args, { env, timeoutMs: 60_000 });
  if (result.code !== 0) {
    throw new Error(`VS Code refused to install ${vsix}.\n${lastLines(result.output)}`);
  }
}
