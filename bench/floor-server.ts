import { serveBare } from './bare-server';

// The least that a server on this machine can do, so that the ratio says what the product adds.
serveBare((req) => req.body);
