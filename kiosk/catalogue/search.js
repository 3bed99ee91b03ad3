// Finding a service although the visitor misspelt it, on a page whose node may be gone. The same search as rules.py, word for
// word: tests/catalogue/test_search.py holds the answers of both against each other, so change them together.

const ENOUGH = 0.5; // below this share of the query found, the entry is not shown
const ALIKE = 0.6; // below this similarity two words are strangers
const STEM = 4; // letters that must remain when an affix is taken off
const PREFIXES = ["meng", "meny", "peng", "peny", "mem", "men", "pem", "pen", "per", "ber", "ter", "me", "pe", "di", "ke", "se"];
const SUFFIXES = ["nya", "kan", "an", "i"];
const STOP = new Set("dan atau di ke dari untuk yang pada kepada dengan of the and for to a".split(" "));
const WEIGHTS = [1.0, 0.9, 0.55]; // name, product, requirements
const BY_INITIALS = 0.95;
const BY_STEM = 0.92;
const BY_BEGINNING = 0.97;

/** @typedef {{id: string, names: string, product?: string, requirements?: string}} Entry */
/** @typedef {{likeness: Map<string, number>, weight: number}} Alike */

/** Lower-case words of letters and digits, without accents and punctuation.
 * @param {string} text @returns {string[]} */
export function words(text) {
  const plain = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/['’]/g, "")
    .replace(/\p{Mn}/gu, "");
  return plain.match(/[a-z0-9]+/g) ?? [];
}

/** The word without one Indonesian prefix and one suffix, where enough remains.
 * @param {string} word */
export function stem(word) {
  let rest = word;
  const prefix = PREFIXES.find((one) => rest.startsWith(one) && rest.length - one.length >= STEM);
  if (prefix) rest = rest.slice(prefix.length);
  const suffix = SUFFIXES.find((one) => rest.endsWith(one) && rest.length - one.length >= STEM);
  return suffix ? rest.slice(0, -suffix.length) : rest;
}

/** Edits between two words; a swap of neighbours is one (optimal string alignment).
 * @param {string} one @param {string} other */
export function distance(one, other) {
  let before = [];
  /** @type {number[]} */
  let last = [];
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    before = last;
    last = row;
    row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
  }
  return row[other.length];
}

/** @param {string} one @param {string} other */
function edits(one, other) {
  const longest = Math.max(one.length, other.length);
  // Words too different in length cannot be alike: this spares the phone most of the work.
  if (1 - Math.abs(one.length - other.length) / longest < ALIKE) return 0;
  const share = 1 - distance(one, other) / longest;
  return share >= ALIKE ? share : 0;
}

/** 0 to 1: how likely `typed` means `word`.
 * @param {string} typed @param {string} word */
export function similarity(typed, word) {
  if (typed === word) return 1;
  let best = edits(typed, word);
  if (typed.length >= 3 && typed.length < word.length) best = Math.max(best, BY_BEGINNING * edits(typed, word.slice(0, typed.length)));
  const first = stem(typed);
  const second = stem(word);
  if (first !== typed || second !== word) best = Math.max(best, BY_STEM * edits(first, second));
  return best;
}

/** Every abbreviation of two to five neighbouring words that carry meaning.
 * @param {string[]} tokens */
function initials(tokens) {
  const letters = tokens
    .filter((token) => !STOP.has(token))
    .map((token) => token[0])
    .join("");
  const short = new Set();
  for (let size = 2; size <= 5; size++) for (let start = 0; start + size <= letters.length; start++) short.add(letters.slice(start, start + size));
  return short;
}

/** Ids of the entries that `query` means, the likeliest first; all of them, in their order, when it holds no word.
 * @param {string} query @param {Entry[]} entries @param {number} limit @returns {string[]} */
export function search(query, entries, limit = 20) {
  const asked = words(query).slice(0, 12);
  const meant = asked.filter((word) => !STOP.has(word));
  const typed = meant.length ? meant : asked;
  if (!typed.length) return entries.slice(0, limit).map((entry) => entry.id);
  const fields = entries.map((entry) => [words(entry.names), words(entry.product ?? ""), words(entry.requirements ?? "")]);
  const alike = likenesses(typed, fields);
  return entries
    .map((entry, place) => ({ id: entry.id, place, score: score(typed, alike, fields[place]) }))
    .filter((found) => found.score >= ENOUGH)
    .sort((one, other) => Math.round(other.score * 1e9) - Math.round(one.score * 1e9) || one.place - other.place)
    .slice(0, limit)
    .map((found) => found.id);
}

/** For each typed word: its likeness to each known word, and how telling it is (rare words tell more).
 * @param {string[]} typed @param {string[][][]} fields */
function likenesses(typed, fields) {
  /** @type {Map<string, number>} */
  const spread = new Map();
  for (const parts of fields) for (const word of new Set(parts.flat())) spread.set(word, (spread.get(word) ?? 0) + 1);
  /** @type {Map<string, Alike>} */
  const result = new Map();
  for (const one of typed) {
    /** @type {Map<string, number>} */
    const likeness = new Map();
    let best = 0;
    let near = 1;
    for (const [word, times] of spread) {
      const value = similarity(one, word);
      if (value <= 0) continue;
      likeness.set(word, value);
      if (value > best || (value === best && times < near)) near = times;
      best = Math.max(best, value);
    }
    result.set(one, { likeness, weight: Math.log(1 + fields.length / near) });
  }
  return result;
}

/** Share of the query found here (0 to 1), plus a little for a name that says no more than what was asked.
 * @param {string[]} typed @param {Map<string, Alike>} alike @param {string[][]} parts */
function score(typed, alike, parts) {
  const names = parts[0];
  const short = initials(names);
  const met = new Set();
  let found = 0;
  let total = 0;
  for (const one of typed) {
    const known = /** @type {Alike} */ (alike.get(one));
    let best = one.length >= 2 && one.length <= 5 && short.has(one) ? BY_INITIALS : 0;
    parts.forEach((part, field) => {
      for (const word of part) best = Math.max(best, WEIGHTS[field] * (known.likeness.get(word) ?? 0));
    });
    for (const word of names) if (!STOP.has(word) && (known.likeness.get(word) ?? 0) >= ALIKE) met.add(word);
    found += known.weight * best;
    total += known.weight;
  }
  const meaning = new Set(names.filter((word) => !STOP.has(word)));
  const share = total ? Math.max(found / total, joined(typed, names)) : 0;
  return share + 0.08 * (meaning.size ? met.size / meaning.size : 0);
}

/** Likeness by three-letter pieces without the spaces: for words run together or torn apart.
 * @param {string[]} typed @param {string[]} names */
function joined(typed, names) {
  const asked = pieces(typed.join(""));
  const known = pieces(names.join(""));
  return asked.size ? (0.9 * [...asked].filter((piece) => known.has(piece)).length) / asked.size : 0;
}

/** @param {string} text */
function pieces(text) {
  const found = new Set();
  for (let start = 0; start + 3 <= text.length; start++) found.add(text.slice(start, start + 3));
  return found;
}
