// How long the bundle of the function that collects takes to load.
const started = performance.now();
await import(new URL('../../dist/collect/index.mjs', import.meta.url).href);
process.send?.({ milliseconds: performance.now() - started });
process.disconnect?.();
