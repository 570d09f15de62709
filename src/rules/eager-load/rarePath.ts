/** What most users of a program never ask for. */
const RARE = /export|xlsx|excel|spreadsheet|pdf|report|print|download|screenshot|thumbnail|import|convert|invoice|archive|backup|preview|forecast|chart|plot/i;
/** Fewer others than this make no rare path by themselves: the file is there for what the import does. */
const FEWEST_OTHERS = 2;

/** Whether a function with so many others beside it, which do without the import, is a path that is taken rarely. */
export const isRarePath = (user: string, others: number): boolean => others >= FEWEST_OTHERS || (others > 0 && RARE.test(user));
