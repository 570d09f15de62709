import type { CheckedClaim, Citation, ConsentView, ConversationView, Entry, Piece, Quality, Subject } from '../../advisor/view';
import { type Check, isCount, isFlag, isText, listOf, objectOf, oneOf, optional, unionOf } from '../check';

const isQuality = oneOf<Quality>('measured', 'declared', 'stated', 'estimate', 'assumed');

type PieceOf<K extends Piece['kind']> = Extract<Piece, { readonly kind: K }>;

const isPiece: Check<Piece> = unionOf<'kind', Piece>('kind', {
  prose: objectOf<PieceOf<'prose'>>({ kind: oneOf('prose'), text: isText }),
  code: objectOf<PieceOf<'code'>>({ kind: oneOf('code'), text: isText }),
  figure: objectOf<PieceOf<'figure'>>({ kind: oneOf('figure'), text: isText, quality: isQuality, runId: optional(isText) }),
  place: objectOf<PieceOf<'place'>>({ kind: oneOf('place'), text: isText, file: isText, line: isCount }),
  struck: objectOf<PieceOf<'struck'>>({ kind: oneOf('struck'), text: isText, reason: isText }),
});

const isCitation = objectOf<Citation>({ id: isText, label: isText, quality: isQuality, runId: optional(isText), findingId: optional(isText) });

const isClaim = objectOf<CheckedClaim>({
  topic: oneOf('requirements', 'current performance', 'bottleneck', 'recommendation', 'trade-off', 'conflict', 'leave alone', 'next measurement', 'question'),
  basis: oneOf('measured', 'estimate', 'advice'),
  pieces: listOf(isPiece),
  citations: listOf(isCitation),
  objections: listOf(isText),
});

const isSubject = objectOf<Subject>({ kind: oneOf('selection', 'function', 'file', 'workspace', 'recommendation'), label: isText });

type EntryOf<K extends Entry['kind']> = Extract<Entry, { readonly kind: K }>;

const isEntry: Check<Entry> = unionOf<'kind', Entry>('kind', {
  question: objectOf<EntryOf<'question'>>({ kind: oneOf('question'), id: isText, text: isText, subject: isSubject }),
  step: objectOf<EntryOf<'step'>>({ kind: oneOf('step'), id: isText, label: isText, state: oneOf('running', 'done', 'failed', 'denied'), detail: optional(isText) }),
  note: objectOf<EntryOf<'note'>>({ kind: oneOf('note'), id: isText, pieces: listOf(isPiece) }),
  approval: objectOf<EntryOf<'approval'>>({
    kind: oneOf('approval'), id: isText, tool: isText, command: isText, cwd: isText, reason: isText, state: oneOf('open', 'once', 'always', 'denied'),
  }),
  answer: objectOf<EntryOf<'answer'>>({ kind: oneOf('answer'), id: isText, claims: listOf(isClaim), isFinal: isFlag, notice: optional(isText) }),
  unformed: objectOf<EntryOf<'unformed'>>({ kind: oneOf('unformed'), id: isText, pieces: listOf(isPiece), problem: isText }),
  problem: objectOf<EntryOf<'problem'>>({ kind: oneOf('problem'), id: isText, code: isText, message: isText, canRetry: isFlag }),
  spent: objectOf<EntryOf<'spent'>>({ kind: oneOf('spent'), id: isText, text: isText }),
});

const isConsent = objectOf<ConsentView>({
  recipient: isText, model: isText, files: isCount, sample: listOf(isText), findings: isCount, runs: isCount,
  exclude: listOf(isText), preview: isText, allowed: listOf(isText), isGiven: isFlag,
});

export const isConversationView: Check<ConversationView> = objectOf<ConversationView>({
  state: oneOf('off', 'no-folder', 'no-key', 'consent', 'ready', 'working'),
  answeredBy: isText,
  subject: isSubject,
  draft: isText,
  entries: listOf(isEntry),
  consent: optional(isConsent),
  estimate: isText,
});
