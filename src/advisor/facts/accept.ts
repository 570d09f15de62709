import type { FunctionFact } from '../../core/facts';
import { contentHash } from '../../core/hash';
import type { Proposal } from '../../core/proposal';
import type { ProposalDraft } from '../host';

/** Makes a proposal of a draft, or says what is wrong: its function has to exist. `id` is the same for the same proposal. */
export function acceptProposal(
  { file, functionName, ...draft }: ProposalDraft,
  functionsOf: (file: string) => readonly FunctionFact[] | undefined,
  now: Date,
): { readonly proposal: Proposal } | { readonly problem: string } {
  const functions = functionsOf(file);
  if (functions === undefined) return { problem: `${file} is not among the files that were checked. Nothing was proposed.` };
  const fact = functions.find(({ name }) => name === functionName);
  if (fact === undefined) {
    const names = functions.map(({ name }) => name).slice(0, 40).join(', ');
    return { problem: `There is no function ${functionName} in ${file}.${names === '' ? '' : ` Its functions are ${names}.`} Nothing was proposed.` };
  }
  const id = `proposal-${contentHash(JSON.stringify([file, functionName, draft.title]), 12)}`;
  return { proposal: { version: 1, id, createdAt: now.toISOString(), functionHash: fact.hash, file, functionName, ...draft } };
}
