import { defineConfig } from 'vite';

// `npm run dev` shows the sources live over a network started by `./gplusck up --port 4747`.
const network = 'http://127.0.0.1:4747';

export default defineConfig({
  esbuild: { jsx: 'automatic' },
  build: { target: 'es2022', sourcemap: false },
  server: { proxy: { '/api': network } },
});
