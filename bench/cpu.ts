import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Milliseconds of processor time that a process has taken so far, in all its threads; it must have loaded `tell-cpu`. */
export async function cpuMilliseconds(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [{ cpu }] = (await once(child, 'message')) as [{ cpu: NodeJS.CpuUsage }];
  return (cpu.user + cpu.system) / 1000;
}
