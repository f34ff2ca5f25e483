import { idKey } from '../azure/ids.ts';

interface Child {
  readonly id?: string;
  readonly name?: string;
}

/** Why an answer can't be about `id`: something in it says by its own id that it is of another, or that it is called otherwise. */
export function strangerIn(id: string, ...lists: readonly (readonly Child[] | undefined)[]): string | undefined {
  const parent = `${idKey(id)}/`;
  for (const child of lists.flatMap((list) => list ?? [])) {
    const own = child.id?.toLowerCase();
    if (own === undefined) continue;
    if (!own.startsWith(parent)) return `it lists ${child.id}, which is not of ${id}`;
    if (child.name !== undefined && !own.endsWith(`/${child.name.toLowerCase()}`))
      return `it calls ${child.id} by the name ${child.name}`;
  }
  return undefined;
}

/** Why an answer contradicts its own id. */
export function misnamed({ id, name }: { readonly id: string; readonly name?: string }): string | undefined {
  if (name === undefined || idKey(id).endsWith(`/${name.toLowerCase()}`)) return undefined;
  return `it calls ${id} by the name ${name}`;
}
