// A screen whose outbox refuses hands an answer in by itself, while the office computer is there. The id makes a second try the same answer.

import { post } from "$/public/external/kiosk/ui/post.js";

const PATH = "/api/v1/survey/answers";

/** Whether the office took it. @param {string} id @param {import("./form.js").Body} body */
export const postAnswer = async (id, body) => (await post(PATH, { id, ...body })).ok;
