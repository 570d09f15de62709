import type { Reported } from './hunks';

/** One performance commit, as the lists hold it. */
export interface CommitOf {
  readonly repository: string;
  readonly commit: string;
  /** What the commit removes, in the words of the issue that orders the patterns. */
  readonly pattern: string;
  /** The rules that name this pattern; a finding of another rule at the same lines is no hit. */
  readonly rules: readonly string[];
  /** Why it is missed, or why the code after is still flagged. */
  readonly why?: string;
}

/** A list of commits with the text that stands above its table. */
export interface CommitList {
  readonly introduction: string;
  readonly commits: readonly CommitOf[];
}

/** What the detector said about a commit: the findings of its rules at the changed lines, before and after. */
export interface Observed {
  readonly before: readonly Reported[];
  readonly after: readonly Reported[];
}

export interface Verdict extends Observed {
  readonly commit: CommitOf;
}

const isHit = ({ before }: Verdict): boolean => before.length > 0;
const isSilent = ({ after }: Verdict): boolean => after.length === 0;
const shareOf = (part: number, whole: number): string => `${part} of ${whole}`;

/** The table in Markdown: the introduction as it is, a summary by pattern, and a row for each commit. */
export function tableOf(verdicts: readonly Verdict[], introduction: string): string {
  const patterns = [...new Set(verdicts.map(({ commit }) => commit.pattern))].map((pattern) => verdicts.filter(({ commit }) => commit.pattern === pattern));
  const summary = [...patterns.sort((one, other) => other.length - one.length).map((group) => summaryRow(group[0]!.commit.pattern, group)), summaryRow('**all**', verdicts)];
  return [
    introduction,
    '',
    `## Summary (${verdicts.length} commits)`,
    '',
    '| Pattern | Commits | Before flagged | After silent, of the flagged |',
    '| --- | ---: | ---: | ---: |',
    ...summary,
    '',
    '## Commits',
    '',
    '| Repository | Commit | Pattern | Rule | Before | After | Why |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...verdicts.map((verdict) => commitRow(verdict)),
    '',
  ].join('\n');
}

function summaryRow(name: string, group: readonly Verdict[]): string {
  const hits = group.filter(isHit);
  return `| ${name} | ${group.length} | ${shareOf(hits.length, group.length)} | ${shareOf(hits.filter(isSilent).length, hits.length)} |`;
}

function commitRow(verdict: Verdict): string {
  const { commit, before } = verdict;
  const rules = isHit(verdict) ? [...new Set(before.map(({ rule }) => rule))] : commit.rules;
  const after = isSilent(verdict) ? 'silent' : 'still flagged';
  return `| ${commit.repository} | \`${commit.commit.slice(0, 10)}\` | ${commit.pattern} | ${rules.map((rule) => `\`${rule}\``).join(', ')} | ${isHit(verdict) ? 'hit' : 'miss'} | ${after} | ${commit.why ?? ''} |`;
}
