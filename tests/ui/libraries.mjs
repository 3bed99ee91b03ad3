// Node finds the islands' npm libraries where the build has put them.
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const INSTALLED = pathToFileURL(`${import.meta.dirname}/../../.web/node_modules/`).href;

registerHooks({
  resolve(name, context, next) {
    const bare = !/^(\.|\/|[a-z]+:)/.test(name);
    return next(name, bare && context.parentURL?.includes("/kiosk/") ? { ...context, parentURL: INSTALLED } : context);
  },
});
