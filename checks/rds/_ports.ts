const PORTS: readonly (readonly [engine: RegExp, port: number])[] = [
  [/^(aurora-)?mysql$|^mariadb$/, 3306],
  [/^postgres$|^aurora-postgresql$/, 5432],
  [/^(custom-)?oracle-/, 1521],
  [/^(custom-)?sqlserver-/, 1433],
  [/^db2-/, 50_000],
];

/** The port that an engine listens on unless it is told another one; undefined for engines that are not known. */
export function defaultPortOf(engine: string): number | undefined {
  return PORTS.find(([known]) => known.test(engine))?.[1];
}
