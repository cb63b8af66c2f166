import path from 'node:path';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import multer, { MulterError } from 'multer';
import { Problem } from '../platform/problem';

/** Where forms with a file are sent to; nowhere else is one read. */
export const uploadAddresses = /\/imports\/?$/i;

const megabyte = 1024 * 1024;
/** A form may bring one file of this size, in a field called "file", beside what was typed. */
const largestFile = 5 * megabyte;
const largestField = megabyte;
/** A list of people to invite may be longer than other files, pasted too. */
const listsOfPeople = /^\/surveys\/[^/]+\/contacts\/imports\/?$/i;
const largestList = 10 * megabyte;

/** What came with a form that may bring a file: one at most, or a sentence why it could not be taken. */
export interface Upload {
  file?: { name: string; bytes: Buffer };
  problem?: string;
}

/**
 * Reads a form sent as multipart/form-data: what was typed into `req.body`, the file into `uploadOf(res)`.
 * What is too large is read to its end and dropped, for a browser that is still sending hears no answer.
 */
export function readUpload(): (RequestHandler | ErrorRequestHandler)[] {
  const usual = reader(largestFile, largestField);
  const long = reader(largestList, largestList);
  const form: RequestHandler = (req, res, next) => {
    const read = listsOfPeople.test(req.path) ? long : usual;
    read(req, res, next);
  };
  const take: RequestHandler = (req, res, next) => {
    if (req.file) res.locals.upload = { file: { name: plainName(req.file), bytes: req.file.buffer } };
    next();
  };
  const explain: ErrorRequestHandler = (error, req, res, next) => {
    // The token comes first in every form. Without it there is no form to show again.
    if (typeof req.body?._csrf !== 'string') return next(unreadable());
    res.locals.upload = { problem: sentenceFor(error, listsOfPeople.test(req.path)) };
    next();
  };
  return [form, take, explain];
}

function reader(fileSize: number, fieldSize: number): RequestHandler {
  return multer({
    storage: multer.memoryStorage(),
    limits: { files: 1, fileSize, fields: 20, fieldSize, parts: 21 },
    defParamCharset: 'utf8',
  }).single('file');
}

/** What was uploaded with this form. */
export function uploadOf(res: Response): Upload {
  return res.locals.upload ?? {};
}

function sentenceFor(error: unknown, isList: boolean): string {
  const code = error instanceof MulterError ? error.code : '';
  if (code === 'LIMIT_FILE_SIZE') return `The file must be ${isList ? 10 : 5} MB or smaller`;
  if (code === 'LIMIT_FIELD_VALUE') return `What you pasted must be ${isList ? 10 : 1} MB or smaller`;
  if (code === 'LIMIT_FILE_COUNT' || code === 'LIMIT_UNEXPECTED_FILE') return 'Choose one file only';
  return 'The file did not arrive whole. Choose it again, then send it again';
}

function unreadable(): Problem {
  return new Problem(
    400,
    'The file did not arrive whole',
    'Go back, reload the page, choose the file again and send it again.',
  );
}

/** The file's name without its folders and without what cannot be printed. */
function plainName({ originalname }: { originalname: string }): string {
  const name = path.posix.basename(originalname.replaceAll('\\', '/'));
  return name.replace(/\p{C}/gu, '').trim().slice(0, 200) || 'file';
}
