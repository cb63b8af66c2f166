import { pngOf } from '../platform/png';
import { workInThread } from '../platform/thread';
import { pictureScale } from './report-pictures';

/** Draws one picture where it keeps nobody waiting. */
workInThread((svg: string) => pngOf(svg, pictureScale));
