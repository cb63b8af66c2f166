import { constants } from 'node:zlib';
import compression from 'compression';
import type { RequestHandler } from 'express';

/** For a page of ours, brotli at 5 is a seventh smaller than gzip at 6 and takes no longer; a small window is enough for it. */
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants;
const compress = compression({
  threshold: 1024,
  brotli: { params: { [BROTLI_PARAM_QUALITY]: 5, [BROTLI_PARAM_LGWIN]: 17 } },
});

/**
 * Pages for phones with a weak signal, compressed; what is not a page, a redirect above all, goes out as it is and costs
 * nothing more. Only for pages that repeat nothing of the address or of what other sites could have sent: beside a secret,
 * the size of what is repeated would tell about it (the attack called BREACH).
 */
export const compressPages: RequestHandler = (req, res, next) => {
  const { render } = res;
  res.render = (...page: Parameters<typeof render>) => compress(req, res, () => render.apply(res, page));
  next();
};
