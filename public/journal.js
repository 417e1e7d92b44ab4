// The journal's file in the origin private file system: only a worker may write there at once and flush. Frames are made and checked
// in Rust; here bytes are appended, cut, and files begun and removed. A message is [id, what, …]; the answer [id, error or null, result].
'use strict';

const FOLDER = 'shelfwise';
let folder, handle, size = 0, last = 0;

const pause = (milliseconds) => new Promise((over) => { setTimeout(over, milliseconds); });

async function take(name) {
  handle?.close();
  handle = undefined;
  const file = await folder.getFileHandle(name, { create: true });
  // A page that was just left has it for a moment longer.
  for (let tries = 0; ; tries += 1) {
    try {
      handle = await file.createSyncAccessHandle();
      return;
    } catch (error) {
      if (tries === 4) throw error;
      await pause(50);
    }
  }
}

const acts = {
  /** Every file: name, size and bytes, of those whose name does not begin so only the first ones. */
  async open(prefixes) {
    folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
    const files = [];
    for await (const [name, entry] of folder.entries()) {
      const file = await entry.getFile();
      const wanted = prefixes.some((prefix) => name.startsWith(prefix)) ? file : file.slice(0, 1024);
      files.push([name, file.size, new Uint8Array(await wanted.arrayBuffer())]);
    }
    return files;
  },
  async begin(name, bytes) { await take(name); handle.truncate(0); size = last = 0; acts.append(bytes, true); },
  async goOn(name, length) { await take(name); handle.truncate(length); size = last = length; },
  append(bytes, flush) {
    try {
      if (handle.write(bytes, { at: size }) !== bytes.byteLength) throw new DOMException('not all of it was written', 'QuotaExceededError');
      if (flush) handle.flush();
    } catch (error) {
      try { handle.truncate(size); } catch { /* a torn tail is read as one */ }
      throw error;
    }
    [last, size] = [size, size + bytes.byteLength];
  },
  cut() { handle.truncate(last); handle.flush(); size = last; },
  close() { handle?.close(); handle = undefined; },
  /** A small file, written as a whole. */
  async put(name, bytes) {
    const file = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
    try {
      file.truncate(0);
      if (file.write(bytes, { at: 0 }) !== bytes.byteLength) throw new DOMException('not all of it was written', 'QuotaExceededError');
      file.flush();
    } finally { file.close(); }
  },
  /** A file of so many bytes that can be given up when the disk is full; 0 gives it up. */
  async ballast(length) {
    const file = await (await folder.getFileHandle('ballast', { create: true })).createSyncAccessHandle();
    try {
      const had = file.getSize();
      if (length && had < length) file.write(crypto.getRandomValues(new Uint8Array(65536)), { at: 0 });
      for (let at = 65536; length && had < length && at < length; at += 65536) file.write(new Uint8Array(65536).fill(at), { at });
      if (!length) file.truncate(0);
      file.flush();
      return had;
    } finally { file.close(); }
  },
};

onmessage = async ({ data }) => {
  if (!Array.isArray(data)) return;
  const [id, what, ...given] = data;
  try {
    postMessage([id, null, await acts[what](...given)]);
  } catch (error) {
    postMessage([id, `${error.name}: ${error.message}`]);
  }
};
