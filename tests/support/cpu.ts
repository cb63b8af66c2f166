/**
 * Milliseconds of processor time that this process took for a piece of work: unlike those on the clock, they do not depend
 * on what else the machine does meanwhile.
 */
export async function cpuMillisecondsOf<T>(
  work: () => Promise<T> | T,
): Promise<{ done: T; milliseconds: number }> {
  const before = process.cpuUsage();
  const done = await work();
  const { user, system } = process.cpuUsage(before);
  return { done, milliseconds: (user + system) / 1000 };
}
