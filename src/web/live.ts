import type { Express, Request, Response } from 'express';
import type { Log } from '../platform/log';
import { Problem } from '../platform/problem';

/** Something that pages watch: the same for everybody who may. */
export interface Feed {
  /** What is watched; streams of one topic share each look. */
  topic: string;
  /** What is to be seen now, as one text. */
  read(): Promise<string>;
  /** May this person still watch? False when their session has ended or their right was taken away. */
  mayStay(): Promise<boolean>;
  /** Whose streams count together. */
  person: string;
}

/** The streams that are open in this process. */
export interface Live {
  /** Answers a request with a stream of server-sent events: what there is now, and again whenever it has changed. */
  open(req: Request, res: Response, feed: Feed): Promise<void>;
  /** Ends every stream, and lets no other begin. */
  close(): void;
}

interface Topic {
  feed: Feed;
  /** What was seen at the last look. */
  seen: string;
  streams: Set<Stream>;
  timer: NodeJS.Timeout;
  isLooking: boolean;
}

interface Stream {
  res: Response;
  feed: Feed;
  /** What it was told last. */
  last: string;
}

/** The database is asked once so often for a topic, however many watch it. */
const secondsBetweenLooks = 3;
export const mostStreams = 200;
export const mostOfOnePerson = 4;

/** Opens nothing by itself; `close` must be called before the server is closed, for a stream never ends by itself. */
export function openLive(log: Log): Live {
  const topics = new Map<string, Topic>();
  let isClosed = false;

  const streams = () => [...topics.values()].flatMap((topic) => [...topic.streams]);

  function leave(topic: Topic, stream: Stream): void {
    topic.streams.delete(stream);
    stream.res.end();
    if (topic.streams.size > 0) return;
    clearInterval(topic.timer);
    if (topics.get(topic.feed.topic) === topic) topics.delete(topic.feed.topic);
  }

  async function look(topic: Topic): Promise<void> {
    if (topic.isLooking) return;
    topic.isLooking = true;
    try {
      for (const stream of topic.streams) if (!(await stream.feed.mayStay())) leave(topic, stream);
      if (topic.streams.size === 0) return;
      const now = await topic.feed.read();
      topic.seen = now;
      for (const stream of topic.streams) {
        stream.res.write(now === stream.last ? stillThere : eventOf(now));
        stream.last = now;
      }
    } catch (error) {
      // Whoever watches tries again by themselves, and finds out then what is the matter.
      log.error({ reason: (error as Error).message }, 'A live page could not be brought up to date');
      for (const stream of topic.streams) leave(topic, stream);
    } finally {
      topic.isLooking = false;
    }
  }

  function join(feed: Feed, stream: Stream): Topic {
    const known = topics.get(feed.topic);
    if (known) {
      known.streams.add(stream);
      return known;
    }
    const topic: Topic = {
      ...{ feed, seen: stream.last, streams: new Set([stream]), isLooking: false },
      timer: setInterval(() => void look(topic), secondsBetweenLooks * 1000),
    };
    topic.timer.unref();
    topics.set(feed.topic, topic);
    return topic;
  }

  return {
    open: async (req, res, feed) => {
      const own = streams().filter((stream) => stream.feed.person === feed.person).length;
      if (isClosed || streams().length >= mostStreams || own >= mostOfOnePerson) throw tooManyStreams();
      const now = topics.get(feed.topic)?.seen ?? (await feed.read());
      if (isClosed || req.destroyed) return;
      res.status(200).set({
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
        Connection: 'close',
      });
      res.write(`retry: ${secondsBetweenLooks * 2000}\n${eventOf(now)}`);
      const stream = { res, feed, last: now };
      const topic = join(feed, stream);
      res.on('close', () => leave(topic, stream));
    },
    close: () => {
      isClosed = true;
      for (const topic of [...topics.values()]) for (const stream of topic.streams) leave(topic, stream);
    },
  };
}

/** A comment, so that neither a proxy nor the browser takes the line for dead. */
const stillThere = ': still here\n\n';

function eventOf(text: string): string {
  return `event: figures\ndata: ${JSON.stringify(text)}\n\n`;
}

function tooManyStreams(): Problem {
  return new Problem(503, 'Too many pages are being kept up to date', 'Use the Refresh link on this page.');
}

const ofApplications = new WeakMap<Express, Live>();

/** Gives an application its streams. */
export function setUpLive(app: Express, log: Log): Live {
  const live = openLive(log);
  ofApplications.set(app, live);
  return live;
}

/** Ends the streams of an application, so that its server can be closed. */
export function endStreams(app: Express): void {
  ofApplications.get(app)?.close();
}
