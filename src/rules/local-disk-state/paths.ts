/** Files that are gone soon, that each machine has of its own anyway, or that belong to the program. */
const OF_THE_MACHINE = /\bt(?:e?mp|emporary)|tmpdir|tempfile|tmp_?path|temp_?(?:dir|file|path|folder)|scratch|cache|\blogs?\b|\.log\b|log_?(?:file|path|dir)|\bpid\b|\.pid\b|\.lock\b|lock_?file|\bdebug|trace|profile|profil(?:e|ing)|heapdump|coverage|snapshot|stdout|stderr|\/dev\/null|socket|__file__|__dirname|import\.meta|\bdev\b/i;

/** Whether a path, with what its parts are known to be, leads to a file that no other machine will ask for. */
export const isOfTheMachine = (words: string): boolean => OF_THE_MACHINE.test(words);

/** What a function says that is handed a request or what came with it; others are only reached from a handler. */
const OF_A_REQUEST = /\breq(?:uest)?\b|\bctx\b|upload|UploadFile/i;

export const isOfARequest = (functionText: string): boolean => OF_A_REQUEST.test(functionText);
