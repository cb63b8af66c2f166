import { loadSolver } from '../platform/solver';
import { workInThread } from '../platform/thread';
import { type WorkInput, type WorkProgress, type WorkResult, workOut } from './working-out';

workInThread<WorkInput, WorkResult, WorkProgress>(async (input, tell) =>
  workOut(await loadSolver(), input, tell),
);
