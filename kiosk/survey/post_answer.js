// A visitor's own phone hands its answers in by itself. The id makes a second try the same answer.

import { post } from "$/public/external/kiosk/ui/post.js";

const PATH = "/api/v1/survey/answers";

/** Rejects when the office did not take it. @param {string} id @param {import("./survey.js").Body} body */
export async function postAnswer(id, body) {
  const answer = await post(PATH, { id, ...body });
  if (!answer.ok) throw new Error(answer.body?.code ?? "unreachable");
}
