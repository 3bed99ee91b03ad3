// Lines of JSON in, lines of JSON out: {name, answer} makes knowledge and tells what of it was refused; {text, name, now} is judged.
import { createInterface } from "node:readline";
import { buildKnowledge, judge } from "../../../kiosk/letters/page/judging.js";

const known = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  const { name, answer, text, now } = JSON.parse(line);
  if (answer) known.set(name, await buildKnowledge(answer));
  process.stdout.write(`${JSON.stringify(answer ? known.get(name).refused : await judge(text, known.get(name), now))}\n`);
}
