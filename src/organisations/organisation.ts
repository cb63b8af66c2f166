/** Who runs projects. What its projects share, others never see. */
export interface Organisation {
  id: string;
  name: string;
}

/** Has it been named? Every installation begins with one that nobody has named yet. */
export function hasOwnName({ name }: Pick<Organisation, 'name'>): boolean {
  return name !== 'Our organisation';
}

/**
 * The organisations a new project may belong to: those somebody works in already. Somebody who is in no project yet,
 * and the platform administrator, may choose among all.
 */
export function organisationsOffered(
  all: readonly Organisation[],
  own: readonly string[],
  isAdministrator: boolean,
): Organisation[] {
  const theirs = all.filter(({ id }) => own.includes(id));
  return isAdministrator || theirs.length === 0 ? [...all] : theirs;
}
