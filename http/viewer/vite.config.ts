import react from '@vitejs/plugin-react';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const pages = ['login', 'worklist', 'viewer', 'admin', 'reports'];

/** Writes a `.br` and a `.gz` beside each file that shrinks, so that the server never compresses. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (!/\.(js|css|html|json|svg|wasm)$/.test(file.fileName)) continue;
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          if (bytes.length < 1024) continue;
          const brotli = {
            params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
          };
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotliCompressSync(bytes, brotli) });
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gzipSync(bytes, { level: 9 }) });
        }
      },
    },
  };
}

/** In development, any path below a page leads to that page, as noctisd serves it. */
function viewerPages(): Plugin {
  return {
    name: 'viewer-pages',
    configureServer: ({ middlewares }) => {
      middlewares.use((request, _, next) => {
        const page = /^\/(\w+)\/[^.?]*(?:[\d.]+\/?)?(?:\?|$)/.exec(request.url ?? '')?.[1];
        if (page !== undefined && pages.includes(page)) request.url = `/${page}/index.html`;
        next();
      });
    },
  };
}

const server = process.env['NOCTIS_URL'] ?? 'http://127.0.0.1:8000';

export default defineConfig({
  appType: 'mpa',
  plugins: [react(), precompress(), viewerPages()],
  resolve: { alias: { '@': resolve(import.meta.dirname, 'src') } },
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/worker-[name]-[hash].js' } } },
  optimizeDeps: { exclude: ['@cornerstonejs/dicom-image-loader'], include: ['dicom-parser'] },
  build: {
    target: 'es2022',
    outDir: process.env['NOCTIS_WEB_OUT'] ?? '../../build/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      input: Object.fromEntries(pages.map((page) => [page, resolve(import.meta.dirname, page, 'index.html')])),
    },
  },
  server: { proxy: Object.fromEntries(['/api', '/dicom', '/dicom-web', '/health'].map((path) => [path, server])) },
});
