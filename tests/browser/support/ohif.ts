import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { fromRoot } from './paths';
import type { System } from './system';

const dist = fromRoot('build/ohif-3.13.2');

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** OHIF's own configuration: its DICOMweb data source, at this very server. */
const configuration = {
  routerBasename: '/',
  extensions: [],
  modes: [],
  showStudyList: true,
  maxNumberOfWebWorkers: 3,
  showErrorDetails: 'always',
  maxNumRequests: { interaction: 100, thumbnail: 5, prefetch: 25 },
  defaultDataSourceName: 'noctis',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'noctis',
      configuration: {
        friendlyName: 'Noctis',
        name: 'noctis',
        qidoRoot: '/dicom-web',
        wadoRoot: '/dicom-web',
        wadoUriRoot: '/dicom-web',
        qidoSupportsIncludeField: true,
        imageRendering: 'wadors',
        thumbnailRendering: 'wadors',
        enableStudyLazyLoad: true,
        supportsFuzzyMatching: true,
        supportsWildcard: true,
      },
    },
  ],
};

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  const wanted = join(dist, normalize(path));
  const known = await stat(wanted).catch(() => undefined);
  const file = known?.isFile() === true ? wanted : join(dist, 'index.html');
  const type = types[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip', 'Cache-Control': 'max-age=600' });
  pipeline(createReadStream(file), createGzip({ level: 1 }), response, () => undefined);
}

/** The prebuilt OHIF viewer on a port of its own, with `/dicom-web` of a Noctis behind it as its administrator. */
export class Ohif {
  private constructor(private readonly server: Server) {}

  static async start(system: System): Promise<Ohif> {
    const authorization = `Bearer ${await system.bearer()}`;
    const server = createServer((incoming, response) => {
      const path = new URL(incoming.url ?? '/', 'http://ohif').pathname;
      if (path.startsWith('/dicom-web')) forward(system, authorization, incoming, response);
      else if (path === '/app-config.js')
        response
          .writeHead(200, { 'Content-Type': 'text/javascript' })
          .end(`window.config = ${JSON.stringify(configuration)};`);
      else void sendFile(decodeURIComponent(path), response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Ohif(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

function forward(system: System, authorization: string, incoming: IncomingMessage, response: ServerResponse): void {
  const headers = { ...incoming.headers, authorization, host: `127.0.0.1:${system.place.httpPort}` };
  const target = {
    host: '127.0.0.1',
    port: system.place.httpPort,
    path: incoming.url,
    method: incoming.method,
    headers,
  };
  const outgoing = request(target, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}
