import compression from 'compression';

/**
 * Pages for phones with a weak signal, compressed. Only for pages that repeat nothing of the address or of what other
 * sites could have sent: beside a secret, the size of what is repeated would tell about it (the attack called BREACH).
 */
export const compressPages = compression({ threshold: 1024, level: 5 });
