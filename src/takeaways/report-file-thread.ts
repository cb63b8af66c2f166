import { workInThread } from '../platform/thread';
import { makeReportFile } from './report-files';

workInThread(makeReportFile);
