import { git } from '../git';

export interface Commit {
  readonly hash: string;
  readonly subject: string;
  /** "3 days ago". */
  readonly age: string;
}

const MOST = 30;

/** The commits that changed a file (relative to the folder), the newest first; none where git does not know it. */
export async function commitsOf(folder: string, file: string): Promise<readonly Commit[]> {
  const text = await git(folder, ['log', `--max-count=${MOST}`, '--follow', '--format=%h%x09%cr%x09%s', '--', file]).catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [hash, age, ...subject] = line.split('\t');
    return hash && age ? [{ hash, age, subject: subject.join(' ') }] : [];
  });
}
