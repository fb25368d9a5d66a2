import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  html: { cspNonce: '__SEN_NONCE__' }, // the server puts the nonce of each answer in its place (edges/http/static.ts)
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', reportCompressedSize: false },
  server: { proxy: { '/api': 'http://localhost:8080', '/fhir': 'http://localhost:8080', '/oidc': 'http://localhost:8080' } },
});

/** Writes .br and .gz beside every text file, so that the server never compresses while somebody waits. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'sen-compressed',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir); // not always dist: npm start builds beside it and then renames
    },
    writeBundle() {
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(?:html|js|css|svg)$/.test(file)) continue;
        const bytes = readFileSync(join(folder, file));
        writeFileSync(join(folder, `${file}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        writeFileSync(join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
