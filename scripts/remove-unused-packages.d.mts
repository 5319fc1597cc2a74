/** Removes from a folder’s packages what no server reads. */
export function removeUnused(root: string): void;
