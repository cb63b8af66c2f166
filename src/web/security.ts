import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '../platform/config';

/** Headers that keep a page to itself: everything from us, nothing inline, no frame around it. */
export function securityHeaders({ baseUrl }: Pick<Config, 'baseUrl'>): RequestHandler {
  const isHttps = baseUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isHttps,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}

/** A page that may stand in a frame of ours, and of nobody else's. */
export const framedByUs: RequestHandler = (_req, res, next) => {
  setDirective(res, "frame-ancestors 'none'", "frame-ancestors 'self'");
  res.set('X-Frame-Options', 'SAMEORIGIN');
  next();
};

/** A page that shows another of ours in a frame. */
export const framingOurs: RequestHandler = (_req, res, next) => {
  setDirective(res, "default-src 'none'", "default-src 'none';frame-src 'self'");
  next();
};

function setDirective(res: Response, usual: string, other: string): void {
  const policy = String(res.getHeader('Content-Security-Policy'));
  if (!policy.includes(usual)) throw new Error(`The policy does not say ${usual}`);
  res.set('Content-Security-Policy', policy.replace(usual, other));
}

/** Pages are about one person or one moment: nobody's cache keeps them. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
