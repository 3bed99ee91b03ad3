// Outboxes of browsers without a browser: the real rules and the real loop over a store in memory, spoken to in lines of JSON.
// {"do": "fresh"} forgets all. {"do": "put", device, entry}. {"do": "turn", device}: what would be posted comes out as {post}, and the
// next line is the node's answer (null: nobody answered). {"do": "settle", device, durable, epoch}. {"do": "look", device}.
// {"do": "careless", with}: planted faults, an entry is deleted as soon as the node took ("stamp") or holds ("held") it; "": none.
// Every command ends with {waiting: ids}.
import { createInterface } from "node:readline";
import { Outbox } from "../../kiosk/ui/outbox_loop.js";
import { ENTRIES } from "../../kiosk/ui/outbox_store.js";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const read = async () => JSON.parse((await lines.next()).value);
const say = (/** @type {unknown} */ words) => process.stdout.write(`${JSON.stringify(words)}\n`);

let careless = "";
let devices = new Map();

function device(name) {
  if (!devices.has(name)) devices.set(name, browser());
  return devices.get(name);
}

function browser() {
  const disk = new Map();
  const access = {
    get: async (_, id) => disk.get(id),
    all: async () => [...disk.values()],
    put: (store, entry) => store === ENTRIES && disk.set(entry.id, entry),
    drop: (_, id) => disk.delete(id),
  };
  const post = async (body) => {
    say({ post: body });
    const answer = await read();
    return answer === null ? { ok: false, status: 0, body: null } : { ok: true, status: 200, body: answer };
  };
  let now = 0;
  const box = new Outbox({ transact: (_, work) => work(access), now: () => (now += 60_000), random: () => 0.5, head: () => null, post });
  return { box, disk };
}

const ACTS = {
  fresh: () => {
    devices = new Map();
  },
  look: () => undefined,
  careless: (words) => {
    careless = words.with;
  },
  put: ({ device: name, entry }) => device(name).box.put(entry),
  settle: ({ device: name, durable, epoch }) => device(name).box.settle(durable, epoch),
  turn: async ({ device: name }) => {
    const { box, disk } = device(name);
    await box.hurry(true);
    await box.turn();
    for (const entry of disk.values()) if ((careless === "stamp" && entry.stamp) || (careless === "held" && entry.state === "held")) disk.delete(entry.id);
    box.doubt();
  },
};

for await (const line of lines) {
  const command = JSON.parse(line);
  await ACTS[command.do](command);
  say({ waiting: command.device ? [...device(command.device).disk.keys()] : [] });
}
