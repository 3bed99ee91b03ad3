// A survey code as people see it, and how it goes along to a phone: behind "#", where `ui/slip_code.js` takes it before anything is sent.

const GROUP = 4;

/** "7GQ0-K2ZD". @param {string} code */
export const shown = (code) => `${code.slice(0, GROUP)}-${code.slice(GROUP)}`;

/** The address of a number's page with its code. @param {string} address @param {string | null} code */
export const addressOf = (address, code) => (code ? `${address}#${code}` : address);
