// A survey code as people see it, and how it goes along to a phone: behind "#", which no browser sends to any server.

const GROUP = 4;

/** "7GQ0-K2ZD". @param {string} code */
export const shown = (code) => `${code.slice(0, GROUP)}-${code.slice(GROUP)}`;

/** The address of a number's page with its code. @param {string} address @param {string | null} code */
export const addressOf = (address, code) => (code ? `${address}#${code}` : address);

/** The code behind "#"; "" when there is none. @param {string} hash of the page's address */
export const codeIn = (hash) => /^#([0-9A-HJKMNP-TV-Z]{8})$/i.exec(hash)?.[1]?.toUpperCase() ?? "";
