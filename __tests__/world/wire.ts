import type { Response } from './arm-answers.ts';

const PROXY_PAGE = '<html><head><title>Sign in</title></head><body>The proxy wants you to sign in.</body></html>';

/** What arrives of an answer's body, with what went wrong on the way. */
export function contentOf({ body, fault }: Pick<Response, 'body' | 'fault'>): string {
  if (fault === 'html') return PROXY_PAGE;
  if (fault === 'not-json') return 'upstream connect error or disconnect before headers';
  const whole = body === undefined ? '' : JSON.stringify(body);
  return fault === 'cut' || fault === 'cut-with-length' ? whole.slice(0, Math.floor(whole.length / 2)) : whole;
}
