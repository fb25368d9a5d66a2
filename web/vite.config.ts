import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), listedForOffline(), compressed()],
  html: { cspNonce: '__SEN_NONCE__' }, // the server puts the nonce of each answer in its place (edges/http/static.ts)
  build: {
    outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', reportCompressedSize: false,
    // One page for each audience: the workspace, the app of the patients at /app, the screen of a waiting room at /board, the machine at the door at /kiosk, booking for everybody at /dat-kham.
    rolldownOptions: { input: { index: resolve(import.meta.dirname, 'index.html'), app: resolve(import.meta.dirname, 'app.html'), board: resolve(import.meta.dirname, 'board.html'), kiosk: resolve(import.meta.dirname, 'kiosk.html'), public: resolve(import.meta.dirname, 'public.html') } },
  },
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

/** Writes which files the patient app consists of, for its service worker (public/sw.js) to keep: it then opens without a network. */
function listedForOffline(): Plugin {
  return {
    name: 'sen-listed-for-offline',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = new Set<string>();
      const visit = (name: string) => {
        const chunk = bundle[name];
        if (files.has(name) || chunk?.type !== 'chunk') return;
        files.add(name);
        const { importedCss, importedAssets } = chunk.viteMetadata ?? { importedCss: new Set<string>(), importedAssets: new Set<string>() };
        for (const file of [...importedCss, ...importedAssets]) if (!file.endsWith('.woff')) files.add(file); // every browser with a worker reads woff2
        for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next);
      };
      for (const item of Object.values(bundle)) if (item.type === 'chunk' && item.isEntry && item.name === 'app') visit(item.fileName);
      // Fonts are named by the style sheet alone.
      for (const css of [...files].filter((file) => file.endsWith('.css'))) {
        const sheet = bundle[css];
        if (sheet?.type !== 'asset') continue;
        for (const [, font] of String(sheet.source).matchAll(/url\(\/(assets\/[^)]+\.woff2)\)/g)) files.add(font!);
      }
      this.emitFile({ type: 'asset', fileName: 'app-files.json', source: JSON.stringify([...files].map((file) => `/${file}`)) });
    },
  };
}
