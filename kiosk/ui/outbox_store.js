// The device's own database: IndexedDB in few words. A transaction counts when it is on the disk, not when it was asked for.

const NAME = "kiosk";
const VERSION = 1;
export const ENTRIES = "entries"; // what waits for the office, by id
export const FACTS = "facts"; // what this device knows of itself, by name

/** @typedef {{ get(store: string, key: string): Promise<any>, all(store: string): Promise<any[]>, put(store: string, value: any): void, drop(store: string, key: string): void }} Access */

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ENTRIES, { keyPath: "id" });
      request.result.createObjectStore(FACTS, { keyPath: "name" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => forget(request.result); // a newer page wants to change it
      request.result.onclose = () => forget(request.result); // the browser threw it away
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/** @param {IDBDatabase} database */
function forget(database) {
  database.close();
  opened = null;
}

/**
 * Run `work` in one transaction over both stores. Resolves with what it gave once everything is on the disk (`durability: "strict"`);
 * rejects when the transaction was aborted, by a full disk too: then nothing of it is stored. "relaxed" does not wait for the disk: for
 * what may as well be forgotten when the power is cut.
 * @template T @param {"readonly" | "readwrite"} mode @param {(access: Access) => Promise<T>} work
 * @param {"strict" | "relaxed"} [durability] @returns {Promise<T>}
 */
export async function transact(mode, work, durability = "strict") {
  const database = await open();
  const transaction = database.transaction([ENTRIES, FACTS], mode, { durability });
  const end = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    transaction.onerror = () => reject(transaction.error ?? new DOMException("failed", "UnknownError"));
  });
  const access = {
    get: (/** @type {string} */ store, /** @type {string} */ key) => result(transaction.objectStore(store).get(key)),
    all: (/** @type {string} */ store) => result(transaction.objectStore(store).getAll()),
    put: (/** @type {string} */ store, /** @type {any} */ value) => void transaction.objectStore(store).put(value),
    drop: (/** @type {string} */ store, /** @type {string} */ key) => void transaction.objectStore(store).delete(key),
  };
  try {
    const given = await work(access);
    await end;
    return given;
  } catch (failure) {
    end.catch(() => undefined);
    try {
      transaction.abort();
    } catch {
      // it ended already
    }
    throw failure;
  }
}
