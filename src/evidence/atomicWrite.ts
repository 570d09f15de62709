import { open as openFile, rename, rm } from 'node:fs/promises';

/** The part of a file handle that is used here; a test passes one whose disk is full. */
export interface WritableHandle {
  writeFile(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export type OpenForWriting = (path: string) => Promise<WritableHandle>;

const openNew: OpenForWriting = (path) => openFile(path, 'wx');

/**
 * Writes a whole file or nothing: the text goes to a temporary file beside it, reaches the disk,
 * and takes the name in one step.
 */
export async function writeAtomically(path: string, text: string, open: OpenForWriting = openNew): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    const handle = await open(temporary);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
