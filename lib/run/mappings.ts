import type { MappedChecklist, MappedFramework } from './model.ts';

/** What checks answer to, and what they read with: data of the product, whether the checks run or not. */
export interface Mappings {
  readonly frameworks: readonly {
    readonly id: string;
    readonly name: string;
    readonly requirements: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly checklists: readonly {
    readonly id: string;
    readonly name: string;
    readonly lines: readonly {
      readonly ref: string;
      readonly section: string;
      readonly label: string;
      readonly routes: readonly string[];
      readonly checks: readonly string[];
    }[];
  }[];
  /** The IAM actions of each check, by its id. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
}

/** What the checks of one run answer to, and how much of each requirement and line nobody asked. */
export function mappedTo(
  { frameworks, checklists }: Mappings,
  ran: ReadonlySet<string>,
): { readonly frameworks: readonly MappedFramework[]; readonly checklists: readonly MappedChecklist[] } {
  const asked = (checks: readonly string[]) => {
    const own = checks.filter((check) => ran.has(check));
    return { checks: own, notAsked: checks.length - own.length };
  };
  return {
    frameworks: frameworks.map(({ id, name, requirements }) => ({
      id,
      name,
      requirements: Object.entries(requirements).map(([ref, checks]) => ({ ref, ...asked(checks) })),
    })),
    checklists: checklists.map(({ id, name, lines }) => ({
      id,
      name,
      lines: lines.map(({ ref, section, label, routes, checks }) => ({
        ref,
        section,
        label,
        routes,
        ...asked(checks),
      })),
    })),
  };
}
