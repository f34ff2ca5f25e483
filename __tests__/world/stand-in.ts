import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Response } from './arm-answers.ts';
import { azureOver } from './azure.ts';
import type { Json } from './json.ts';
import { contentOf } from './wire.ts';
import type { World } from './world.ts';

export interface LoggedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly status: number;
}

/** Azure Resource Manager and a managed identity on loopback, for the real az. */
export interface StandIn {
  /** `https://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** What a process needs in its environment to trust it and to get a token from it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The world as it is now, after what was written to it. */
  readonly world: World;
  /** Serves another world from now on, and forgets the requests. */
  serve(world: World): void;
  readonly requests: readonly LoggedRequest[];
  close(): Promise<void>;
}

/** How long a `slow` answer takes. */
const SLOW_MILLISECONDS = 3000;

/** On any free port, unless one is wanted. */
export async function startStandIn(start: World, wantedPort = 0): Promise<StandIn> {
  const folder = mkdtempSync(join(tmpdir(), 'azlb-stand-in-'));
  const certificate = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  const certificatePath = join(folder, 'cert.pem');
  writeFileSync(certificatePath, certificate.cert);

  let requests: LoggedRequest[] = [];
  const arm = createHttpsServer({ key: certificate.private, cert: certificate.cert });
  const port = await listening(arm, wantedPort);
  const endpoint = `https://127.0.0.1:${port}`;
  let azure = azureOver(start, endpoint);

  arm.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    const body = await bodyOf(request);
    const answer: Response = url.startsWith('/metadata/endpoints')
      ? { status: 200, headers: {}, body: metadata(`${endpoint}/`) }
      : azure.answer({ method, url, ...(body !== undefined && { body }) });
    requests.push({ method, path: url, status: answer.status });
    send(response, answer);
  });

  const identity = createHttpServer((request, response) => {
    const resource = new URL(request.url ?? '/', endpoint).searchParams.get('resource') ?? endpoint;
    send(response, { status: 200, headers: {}, body: token(azure.world, resource) });
  });
  const identityPort = await listening(identity);
  const identityUrl = `http://127.0.0.1:${identityPort}/msi`;

  return {
    endpoint,
    environment: {
      REQUESTS_CA_BUNDLE: certificatePath,
      IDENTITY_ENDPOINT: identityUrl,
      IDENTITY_HEADER: 'x',
      // az 2.50 asks these instead; without them it would ask the real metadata address.
      MSI_ENDPOINT: identityUrl,
      MSI_SECRET: 'x',
      APPSETTING_WEBSITE_SITE_NAME: 'stand-in',
      AZURE_CORE_COLLECT_TELEMETRY: '0',
      AZURE_CORE_INSTANCE_DISCOVERY: 'false',
      NO_PROXY: '127.0.0.1',
    },
    get world() {
      return azure.world;
    },
    get requests() {
      return requests;
    },
    serve(world) {
      azure = azureOver(world, endpoint);
      requests = [];
    },
    async close() {
      for (const server of [arm, identity]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      rmSync(folder, { recursive: true });
    },
  };
}

async function listening(server: ReturnType<typeof createHttpServer>, wanted = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(wanted, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port on loopback');
  return address.port;
}

async function bodyOf(request: IncomingMessage): Promise<Json | undefined> {
  let text = '';
  for await (const chunk of request) text += chunk;
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body, headers, fault }: Response): void {
  if (fault === 'times-out') return;
  if (fault === 'slow') {
    setTimeout(() => send(response, { status, headers, ...(body !== undefined && { body }) }), SLOW_MILLISECONDS);
    return;
  }
  const content = contentOf({ ...(body !== undefined && { body }), ...(fault && { fault }) });
  const length = Buffer.byteLength(fault === 'cut-with-length' ? JSON.stringify(body ?? '') : content);
  const type = fault === 'html' ? 'text/html' : 'application/json; charset=utf-8';
  // Without a length and without chunks the end of the connection is the end of the body: nobody can tell that it was cut.
  if (fault === 'cut') response.useChunkedEncodingByDefault = false;
  response.writeHead(status, {
    ...headers,
    ...(content !== '' && { 'Content-Type': type }),
    ...(fault === 'cut' ? { Connection: 'close' } : { 'Content-Length': length }),
  });
  if (fault === 'cut' || fault === 'cut-with-length') response.write(content, () => response.socket?.destroySoon());
  else response.end(content);
}

/** `me` ends in a slash. */
const metadata = (me: string): Json => ({
  portal: me,
  authentication: { loginEndpoint: me, audiences: [me], tenant: 'common', identityProvider: 'AAD' },
  graph: me,
  name: 'standin',
  suffixes: { storage: 'core.standin' },
  batch: me,
  resourceManager: me,
});

function token({ tenant }: World, resource: string): Json {
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = {
    tid: tenant,
    oid: '5d0f7c1b-66a3-4e0b-8e43-2f1a9b7c4d50',
    appid: '5d0f7c1b-66a3-4e0b-8e43-2f1a9b7c4d51',
    exp: expires,
  };
  return {
    access_token: `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.AAAA`,
    expires_on: String(expires),
    expires_in: '86400',
    resource,
    token_type: 'Bearer',
  };
}
