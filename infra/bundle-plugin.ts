interface Log {
  notice(message: string): void;
}

/** Bundles the functions before they are packaged. A class because the framework constructs its plugins. */
export default class BundlePlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(_framework: unknown, _options: unknown, { log }: { log: Log }) {
    this.hooks = {
      'before:package:initialize': async () => {
        // The framework requires its plugins, and what is required may not await at its top level.
        const { bundleFunctions } = await import('./build.ts');
        const { outputs } = await bundleFunctions();
        const functions = Object.keys(outputs).filter((file) => file.endsWith('/index.mjs'));
        log.notice(`bundled ${functions.length} functions`);
      },
    };
  }
}
