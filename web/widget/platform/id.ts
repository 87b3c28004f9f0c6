/** A new identifier of twenty letters and digits, from the browser's secure source of chance. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => (byte % 36).toString(36)).join('');
